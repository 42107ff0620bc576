"""The pages that exist in further languages, tied to their originals."""

from django.conf import settings
from wagtail.models import Locale

from demo.loader import Loader
from home.models import HomePage
from knowledge.models import ResourcePage
from pages.models import SitePage, StandardPage
from working_groups.models import WorkingGroupPage

from .pages import fill_home
from .working_groups import fill

LANGUAGES = [code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE]
# Parents before children, and otherwise in the order of the main menu.
ORDER = (
    *("home", "about", "groups-index", "library", "blog-index", "events-index", "projects-index"),
    "contact",
)


def plant(loader: Loader) -> None:
    """Copy each page that has a text in another language into that language’s tree."""
    for language in LANGUAGES:
        fronts = _fronts(loader, language)
        first = [identity for identity in ORDER if identity in fronts]
        others = [identity for identity in fronts if identity not in ORDER]
        locale = Locale.objects.get(language_code=language)
        for identity in first + others:
            _copy(loader, identity, locale, fronts[identity])


def write(loader: Loader) -> None:
    """Write and publish the new translations."""
    for (language, identity), page in loader.translations.items():
        if _key(language, identity) not in loader.new:
            continue
        # Its children were copied below it without this object knowing.
        page.refresh_from_db(fields=["numchild"])
        front = _fronts(loader, language)[identity]
        page.title, page.draft_title = front["title"], front["title"]
        page.summary = front["summary"]
        _fill(page, loader, language, identity)
        is_product = isinstance(page, ResourcePage)
        loader.publish(page, page.date if is_product else loader.outline["site_opened"])


def _fronts(loader: Loader, language: str) -> dict[str, dict]:
    """Return title, address and summary by outline id: of pages, then of products."""
    texts = loader.texts(f"translations/{language}")
    return {identity: text.front for identity, text in texts.items()} | {
        item["id"]: item["translations"][language]
        for item in loader.outline["products"]
        if language in item.get("translations", {})
    }


def _copy(loader: Loader, identity: str, locale: Locale, front: dict) -> None:
    original, language = loader.pages[identity], locale.language_code
    page = original.get_translation_or_none(locale)
    if page is None:
        page = original.copy_for_translation(locale)
        if identity != "home":
            page.slug = front["slug"]
            page.save()
        loader.new.add(_key(language, identity))
    loader.translations[language, identity] = page


def _key(language: str, identity: str) -> str:
    return f"{language}/{identity}"


def _fill(page: SitePage, loader: Loader, language: str, identity: str) -> None:
    text = loader.texts(f"translations/{language}").get(identity)
    if isinstance(page, HomePage):
        fill_home(page, text.front, loader, language)
    elif isinstance(page, StandardPage):
        page.body = loader.body(text.body, language, notice=False)
    elif isinstance(page, WorkingGroupPage):
        page.short_name = _short_name(loader, identity, language)
        fill(page, text.body, loader, language)
    elif isinstance(page, ResourcePage):
        original = loader.texts("products")[identity]
        page.body = loader.body(original.parts_of("body")[language], language)


def _short_name(loader: Loader, identity: str, language: str) -> str:
    groups = {group["id"]: group for group in loader.outline["working_groups"]}
    return groups[identity]["short_names"][language]
