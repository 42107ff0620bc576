"""The nine working groups and who holds which office in them."""

from demo import reader
from demo.loader import Loader
from demo.reader import Section
from working_groups.actions import appoint, end_term, set_up_rights
from working_groups.models import WorkingGroupPage

STATUSES = {"active": WorkingGroupPage.Status.ACTIVE, "forming": WorkingGroupPage.Status.FORMING}
# The texts keep one order in every language, so that a translated heading needs no rule.
SECTION_FIELDS = (
    "purpose",
    "",
    "activity_meetings",
    "activity_knowledge",
    "activity_topics",
    "activity_sharing",
    "meetings_note",
    "how_to_join",
)


def plant(loader: Loader) -> None:
    """Make the groups’ pages, regions first."""
    for item in loader.outline["working_groups"]:
        text = loader.texts("groups")[item["id"]]
        page = WorkingGroupPage(
            title=text.front["title"],
            slug=text.front["slug"],
            summary=text.front["summary"],
            kind=f"{item['kind']}-group",
            short_name=item["short"],
            status=STATUSES[item["status"]],
            contact_email=f"{item['contact_localpart']}@{loader.outline['placeholder_domain']}",
            time_zone=item["timezone"],
            formed_on=item["first_meeting"],
        )
        loader.tag(page, item)
        loader.plant(item["id"], loader.pages["groups-index"], page)


def write(loader: Loader) -> None:
    """Write the texts and put people into office."""
    for item, page in loader.fresh(loader.outline["working_groups"]):
        fill(page, loader.texts("groups")[item["id"]].body, loader)
        loader.publish(page, item["founded"])
        for role in item["roles"]:
            held = appoint(loader.people[role["person"]], page, role["title"], since=role["since"])
            if "until" in role:
                end_term(held, on=role["until"])
    set_up_rights(loader.now.date())


def fill(page: WorkingGroupPage, markdown: str, loader: Loader, language: str = "en") -> None:
    """Put each section of the text into its field."""
    found: list[Section] = reader.sections(markdown)
    for name, section in zip(SECTION_FIELDS, found, strict=True):
        if name:
            setattr(page, name, loader.rich_text(section.text, language))
