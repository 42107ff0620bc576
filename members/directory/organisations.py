"""The institutions that are members, and the partners, as lists of links."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from pages.remembered import remembered
from pages.vocabulary import known_terms
from people.models import Organisation


@dataclass(frozen=True)
class Part:
    """A part of the list, with links as ``components/link_list.html`` shows them."""

    slug: str
    title: str
    links: tuple[dict[str, str], ...]


def parts() -> list[Part]:
    """Return the lists that have entries; remembered until an organisation changes."""
    return remembered("directory-organisations", _parts)


def _parts() -> list[Part]:
    places = {term.pk: term.label for term in known_terms("country")}
    rows = list(Organisation.objects.order_by("name"))
    titles = {
        "members": (_("Member institutions"), lambda row: row.member_since),
        "partners": (_("Partners"), lambda row: row.kind == Organisation.Kind.PARTNER),
        "supporters": (_("Supporters"), lambda row: row.kind == Organisation.Kind.SUPPORTER),
    }
    found, listed = [], set()
    for slug, (title, belongs) in titles.items():
        mine = [row for row in rows if row.pk not in listed and belongs(row)]
        listed.update(row.pk for row in mine)
        if mine:
            found.append(Part(slug, title, tuple(_link(row, places) for row in mine)))
    return found


def _link(organisation: Organisation, places: dict[int, str]) -> dict[str, str]:
    return {
        "label": organisation.name,
        "url": organisation.get_absolute_url(),
        "note": places.get(organisation.country_id, ""),
    }
