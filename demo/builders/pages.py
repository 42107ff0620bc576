"""The home page, the lists and the plain pages."""

from demo.loader import Loader
from home.models import HomePage, Pick, Programme
from pages.models import StandardPage

SECTIONS = {
    "groups-index": "groups",
    "library": "library",
    "blog-index": "blog",
    "events-index": "events",
    "projects-index": "projects",
}
# In the order in which they stand below their parent; those in the main menu say so.
PLAIN_PAGES = ("about", "membership", "contact")
IN_MAIN_MENU = {"about", "membership"}
BELOW_ABOUT = (
    "policies-and-disclosures",
    "resources-for-co-chairs-and-members",
    "start-or-join-a-group",
)


def plant(loader: Loader) -> None:
    """Find the home page and the sections, and make the plain pages."""
    loader.register("home", loader.home)
    for identity in PLAIN_PAGES:
        _plant(loader, identity, "home")
    if "about" in loader.new:
        _move_to_front(loader, "about")
    for identity, slug in SECTIONS.items():
        loader.register(identity, loader.home.get_children().get(slug=slug).specific)
    for identity in BELOW_ABOUT:
        _plant(loader, identity, "about")


def write(loader: Loader) -> None:
    """Write the plain pages; the home page and the lists only while nobody has edited them."""
    texts = loader.texts("pages")
    for identity in (*PLAIN_PAGES, *BELOW_ABOUT):
        if identity in loader.new:
            page = loader.pages[identity]
            page.body = loader.body(texts[identity].body, notice=False)
            loader.publish(page, loader.outline["site_opened"])
    if loader.home.specific.mission:
        return
    fill_home(loader.home, texts["home"].front, loader)
    loader.home.picks = [
        Pick(picked=loader.pages[identity], sort_order=place)
        for place, identity in enumerate(loader.outline["picks"])
    ]
    loader.publish(loader.home, loader.outline["site_opened"])
    for identity in SECTIONS:
        page = loader.pages[identity]
        page.summary = texts[identity].front["summary"]
        loader.publish(page, loader.outline["site_opened"])


def fill_home(home: HomePage, words: dict, loader: Loader, language: str = "en") -> None:
    """Put the words of a home page, in any language, into its fields."""

    def rich_text(markdown: str) -> str:
        return loader.rich_text(markdown, language)

    home.title = words["title"]
    home.summary = words["summary"]
    home.mission = words["mission"]
    home.introduction = rich_text(f"{words['intro']}\n\n{words['who_text']}")
    challenges = "\n".join(f"- {line}" for line in words["challenges"])
    home.challenges = rich_text(f"{words['challenges_intro']}\n\n{challenges}")
    home.join_title = words["join"]["title"]
    home.join_text = rich_text(words["join"]["text"])
    home.programmes = [
        Programme(title=programme["title"], text=programme["text"], sort_order=place)
        for place, programme in enumerate(words["programs"])
    ]


def _move_to_front(loader: Loader, identity: str) -> None:
    """Make the page the first of its siblings, all of whose paths change with that."""
    loader.pages[identity].move(loader.home, pos="first-child")
    for page in loader.pages.values():
        page.refresh_from_db()


def _plant(loader: Loader, identity: str, parent: str) -> None:
    front = loader.texts("pages")[identity].front
    page = StandardPage(
        title=front["title"],
        slug=front["slug"],
        summary=front["summary"],
        show_in_menus=identity in IN_MAIN_MENU,
    )
    loader.plant(identity, loader.pages[parent], page)
