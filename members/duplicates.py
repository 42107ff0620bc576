"""Members who look like one person in two: the same name and country, or the same mailbox.

Likeness only suggests; the secretariat decides for each pair and is not asked twice.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from members.models import Member, TwoPeople

from .rules import mailbox, same_name

MOST_PAIRS = 100
MOST_ALIKE = 5  # more of one name in one country are namesakes
MAILBOX = _("The addresses lead to the same mailbox.")
NAME = _("Same name, same country.")


@dataclass(frozen=True)
class Pair:
    """Two members, the one who joined first first, and why they look like one."""

    one: Member
    other: Member
    reason: str


def pairs(most: int = MOST_PAIRS) -> list[Pair]:
    """Return pairs that look like one person and were not told apart, those by mailbox first."""
    apart = set(TwoPeople.objects.values_list("one", "other"))
    found = {pair: reason for pair, reason in _alike() if pair not in apart}
    chosen = sorted(found, key=lambda pair: (found[pair] is not MAILBOX, pair))[:most]
    members = _members().in_bulk({pk for pair in chosen for pk in pair})
    return [Pair(members[one], members[other], found[one, other]) for one, other in chosen]


def _members() -> QuerySet[Member]:
    return Member.objects.select_related("contact", "country", "user")


def _alike() -> Iterator[tuple[tuple[int, int], str]]:
    """Yield ids of members who share a key, and what the key means; one query, ids in memory."""
    names: dict[tuple, list[int]] = {}
    mailboxes: dict[tuple, list[int]] = {}
    rows = Member.objects.filter(state=Member.State.ACTIVE)
    fields = ("pk", "name", "country", "contact__address", "user__email")
    found = rows.order_by("pk").values_list(*fields)
    for pk, name, country, address, login in found.iterator(chunk_size=5_000):
        names.setdefault((same_name(name), country), []).append(pk)
        for box in {mailbox(address), mailbox(login.lower())}:
            mailboxes.setdefault(box, []).append(pk)
    yield from _combined(list(names.values()), NAME)
    yield from _combined(list(mailboxes.values()), MAILBOX)


def _combined(
    groups: Sequence[Sequence[int]], reason: str
) -> Iterator[tuple[tuple[int, int], str]]:
    for group in groups:
        if len(group) <= MOST_ALIKE:
            yield from ((pair, reason) for pair in combinations(group, 2))
