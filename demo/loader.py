"""What every builder of the demo works with."""

import datetime
import json
from functools import cache

import yaml
from wagtail.models import Locale, Page

from accounts.models import User
from home.actions import publish
from home.models import HomePage
from pages.models import SitePage
from people.models import Organisation, Person
from taxonomy.models import Country, Region, Sector, Theme

from . import reader
from .dates import Calendar
from .reader import CONTENT, Resolve, Text

VOCABULARIES = {"themes": Theme, "regions": Region, "sectors": Sector}
WORKING_HOUR = datetime.time(9, tzinfo=datetime.UTC)

SAMPLE_NOTICE = {
    "en": "Sample content: written for the demonstration of this site.",
    "fr": "Contenu d’exemple, rédigé pour la démonstration de ce site.",
    "es": "Contenido de muestra, escrito para la demostración de este sitio.",
    "pt": "Conteúdo de exemplo, escrito para a demonstração deste site.",
    "ar": "محتوى تجريبي كُتب لعرض هذا الموقع.",
}


@cache
def outline() -> dict:
    """Return the structure of the demo: who, what, when, and how it hangs together."""
    return yaml.safe_load((CONTENT / "outline.yaml").read_text(encoding="utf-8"))


class Loader:
    """Knows the outline, the calendar and, by outline id, everything made so far.

    Pages are made in two rounds, because texts link to each other: every builder first plants
    its pages without text and then writes and publishes those that are new. A page that exists
    is left as its editors have it.
    """

    def __init__(self, home: HomePage, now: datetime.datetime):
        self.home = home
        self.now = now
        self.outline = outline()
        self.calendar = Calendar(self.outline["reference_day"], now.date())
        self.pages: dict[str, SitePage] = {}
        self.new: set[str] = set()
        self.people: dict[str, Person] = {}
        self.translations: dict[tuple[str, str], SitePage] = {}
        self.organisations: dict[str, Organisation] = {}

    @cache  # noqa: B019 - a loader lives as long as one command
    def texts(self, folder: str) -> dict[str, Text]:
        """Return the texts of a folder by id."""
        return reader.read_folder(folder)

    def register(self, identity: str, page: SitePage) -> None:
        """Let the page be found by its outline id."""
        self.pages[identity] = page

    def plant(self, identity: str, parent: Page, page: SitePage) -> bool:
        """Add the page, unpublished, unless its address is taken; return whether it is new."""
        there = Page.objects.child_of(parent).filter(slug=page.slug).first()
        if there:
            self.register(identity, there.specific)
            return False
        page.live = False
        page.locale = parent.locale if not parent.is_root() else Locale.get_default()
        parent.refresh_from_db(fields=["path", "numchild"])
        parent.add_child(instance=page)
        self.register(identity, page)
        self.new.add(identity)
        return True

    def fresh(self, items: list[dict]) -> list[tuple[dict, SitePage]]:
        """Return ``(item, page)`` of the outline’s items whose pages were planted just now."""
        return [(item, self.pages[item["id"]]) for item in items if item["id"] in self.new]

    def tag(self, page: SitePage, data: dict) -> None:
        """Give the page the terms that its front matter or its outline names.

        What is about no place in particular is about all of them.
        """
        if not data.get("regions") and not data.get("countries"):
            data = data | {"regions": ["global"]}
        for name, model in VOCABULARIES.items():
            slugs = data.get(name) or []
            getattr(page, name).set(list(model.objects.filter(slug__in=slugs)))
        page.countries.set(list(Country.objects.filter(code__in=data.get("countries") or [])))

    def resolver(self, language: str) -> Resolve:
        """Return what finds the page behind a ``page:<id>`` link, in this language if it can."""

        def resolve(identity: str) -> int:
            return self.translations.get((language, identity), self.pages[identity]).pk

        return resolve

    def page_or_none(self, identity: str | None) -> SitePage | None:
        """Return the page with this id; nothing for an empty id."""
        return self.pages[identity] if identity else None

    def body(self, markdown: str, language: str = "en", *, notice: bool = True) -> str:
        """Return a text as the value of a body, marked as sample content where it is not yet."""
        raw = reader.blocks(markdown, self.resolver(language))
        if notice and not says_so_itself(markdown):
            text = f"<p>{SAMPLE_NOTICE[language]}</p>"
            raw.append({"type": "notice", "value": {"text": text}})
        return json.dumps(raw)

    def rich_text(self, markdown: str, language: str = "en") -> str:
        """Return a text as the value of a rich text field."""
        return reader.rich_text(markdown, self.resolver(language))

    def publish(self, page: SitePage, day: datetime.date | None = None) -> None:
        """Publish the page as of the morning of that day, at the latest now."""
        publish(page, min(morning(day), self.now) if day else self.now)


def says_so_itself(markdown: str) -> bool:
    """Tell whether the text ends with a line in italics, which says that it is a sample."""
    last = markdown.rstrip().rpartition("\n")[2]
    return last.startswith("*") and last.endswith("*") and not last.startswith("**")


def morning(day: datetime.date) -> datetime.datetime:
    """Return nine o’clock UTC on that day."""
    return datetime.datetime.combine(day, WORKING_HOUR)


def submit(page: SitePage, user: User) -> None:
    """Save the page as a draft of this user and send it through the approval of its place."""
    page.save()
    page.save_revision(user=user)
    workflow = page.get_workflow()
    if workflow:
        workflow.start(page, user)
