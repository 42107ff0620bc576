"""The filters of the directory: what the address asks for, and what can be chosen.

There are no numbers beside the choices: for a viewer who shares groups they would have to be
counted one by one, and a number says more than a list.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from pages.filters import LEGENDS, Facet, Option
from pages.listings import Chip
from pages.vocabulary import known_terms
from working_groups.listed import listed_groups

from .finding import Choice
from .paging import PLACES_IN_LIST

LONGEST_NAME = 80
MOST_VALUES = 20
FACETS = ("region", "theme", "group")


@dataclass(frozen=True)
class Narrowing:
    """What an address asks for; values that nothing is called are left out."""

    parameters: QueryDict

    @cached_property
    def choice(self) -> Choice:
        """The filters, for ``directory``."""
        return Choice(
            name=self.name,
            regions=self._known("region"),
            themes=self._known("theme"),
            countries=self._known("country"),
            groups=self._known("group"),
        )

    @property
    def name(self) -> str:
        """The beginning of a name that somebody typed."""
        return self.parameters.get("q", "").replace("\x00", "").strip()[:LONGEST_NAME]

    @cached_property
    def facets(self) -> list[Facet]:
        """The filters with few values, as checkboxes."""
        return [
            Facet(name, str(LEGENDS[name]), tuple(self._options(name)), more_open=False)
            for name in FACETS
        ]

    @cached_property
    def countries(self) -> list[Option]:
        """All countries, by their names in the reader’s language; for the field to choose one."""
        return sorted(self._options("country"), key=lambda option: option.label)

    @property
    def chips(self) -> list[Chip]:
        """The filters in use, each with the way to the list without it."""
        named = [(facet.name, facet.legend, facet.options) for facet in self.facets]
        named.append(("country", str(LEGENDS["country"]), self.countries))
        chips = [
            Chip(option.label, legend, self._without(name, option.value), option.language)
            for name, legend, options in named
            for option in options
            if option.checked
        ]
        if self.name:
            chips.insert(0, Chip(self.name, _("Name"), self._without("q", self.name)))
        return chips

    def _options(self, name: str) -> list[Option]:
        chosen = self._known(name)
        return [
            Option(value, label, None, value in chosen, language)
            for value, label, language in _values(name)
        ]

    def _known(self, name: str) -> tuple[str, ...]:
        asked = set(self.parameters.getlist(name)[:MOST_VALUES])
        return tuple(value for value, _label, _language in _values(name) if value in asked)

    def _without(self, name: str, value: str) -> str:
        kept = self.parameters.copy()
        for each in PLACES_IN_LIST:
            kept.pop(each, None)
        left = [] if name == "q" else [each for each in kept.getlist(name) if each != value]
        kept.setlist(name, left)
        return f"?{kept.urlencode()}" if kept.urlencode() else "?"


def _values(name: str) -> Sequence[tuple[str, str, str]]:
    """Return ``(value, label, language)`` of all that can be chosen; no query while remembered."""
    if name == "group":
        return [(group.slug, group.title, group.language) for group in listed_groups()]
    return [(term.slug, term.label, "") for term in known_terms(name)]
