"""The projects and their partners."""

from demo.loader import Loader
from projects.models import ProjectPage, ProjectPartner


def plant(loader: Loader) -> None:
    """Make the projects’ pages with their partners and supporters."""
    for item in loader.outline["projects"]:
        front = loader.texts("projects")[item["id"]].front
        page = ProjectPage(
            title=front["title"],
            slug=front["slug"],
            summary=front["summary"],
            contact_email=f"info@{loader.outline['placeholder_domain']}",
            partners=_partners(item, loader),
        )
        loader.tag(page, item)
        loader.plant(item["id"], loader.pages["projects-index"], page)


def write(loader: Loader) -> None:
    """Write the projects and tie them to the groups that take part."""
    for item, page in loader.fresh(loader.outline["projects"]):
        page.groups = [loader.pages[group] for group in item["groups"]]
        page.body = loader.body(loader.texts("projects")[item["id"]].body)
        loader.publish(page, loader.outline["site_opened"])


def _partners(item: dict, loader: Loader) -> list[ProjectPartner]:
    parts = [(name, ProjectPartner.Part.PARTNER) for name in item["partners"]]
    parts += [(name, ProjectPartner.Part.SUPPORTER) for name in item["supporters"]]
    return [
        ProjectPartner(organisation=loader.organisations[name], part=part, sort_order=place)
        for place, (name, part) in enumerate(parts)
    ]
