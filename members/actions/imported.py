"""What becomes of imported people: foretold and done from the same knowledge of who is here."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.db.models import Model
from django.db.models.functions import Lower

from accounts.models import User
from mail.models import Contact, Suppression
from members.importing.people import VOCABULARIES, Imported
from members.models import FormerAddress, GroupMembership, ImportRow, Member, MemberImport
from taxonomy.models import Country
from working_groups.models import WorkingGroupPage

from . import invitations

Fate, Why = ImportRow.Fate, ImportRow.Why
FILLED_IN = ("affiliation", "position")


@dataclass(frozen=True)
class Known:
    """Who of some rows is here already, looked up for all of them at once."""

    contacts: Mapping[str, Contact] = field(default_factory=dict)
    members: Mapping[str, Member] = field(default_factory=dict)
    users: Mapping[str, User] = field(default_factory=dict)
    suppressed: frozenset[str] = frozenset()
    former: frozenset[str] = frozenset()

    @classmethod
    def of(cls, lines: Iterable[ImportRow]) -> "Known":
        """Return who is known of these rows, in a handful of queries however many they are."""
        people = {line.digest: line.person for line in lines if line.person}
        addresses = [person["address"] for person in people.values()]
        contacts = Contact.objects.filter(address__in=addresses)
        members = Member.objects.filter(contact__address__in=addresses)
        related = ("regions", "themes", "sectors", "memberships")
        emails = [person["email"].lower() for person in people.values()]
        users = User.objects.annotate(lower=Lower("email")).filter(lower__in=emails)
        return cls(
            contacts={contact.address: contact for contact in contacts},
            members={
                member.contact.address: member
                for member in members.select_related("contact").prefetch_related(*related)
            },
            users={
                user.lower: user for user in users.select_related("member", "contact", "person")
            },
            suppressed=_digests(Suppression, people),
            former=_digests(FormerAddress, people),
        )

    def user_of(self, person: Imported) -> User | None:
        """Return the account with this address, if there is one."""
        return self.users.get(person.email.lower())


def foretell(lines: Iterable[ImportRow], known: Known) -> None:
    """Write each row’s fate and the reason into it; who is refused is not kept."""
    for line in lines:
        if not line.person:
            continue
        person = _person(line)
        line.fate, line.why = _fate(person, line.digest, known)
        if line.fate == Fate.REFUSED:
            line.person, line.is_done = {}, True
        elif not line.why and person.is_partly_understood:
            line.why = Why.PARTLY


class Writing:
    """Writes rows of an import, all that need the same query together."""

    def __init__(self, source: MemberImport, now: datetime.datetime) -> None:
        self._source, self._now = source, now

    def write(self, lines: Sequence[ImportRow]) -> None:
        """Make members of those who are new, complete those who are known."""
        people = {line.number: _person(line) for line in lines if line.person}
        known = Known.of(lines)
        foretell(lines, known)
        new = [people[line.number] for line in lines if line.fate == Fate.NEW]
        merged = [people[line.number] for line in lines if line.fate == Fate.MERGED]
        countries = dict(Country.objects.values_list("slug", "pk"))
        members = self._make(new, known, countries)
        self._complete(merged, known, countries)
        self._take_interests([*members, *((p, known.members[p.address]) for p in merged)])
        invitations.plan([member for _person, member in members], self._now)

    def _make(
        self, people: Sequence[Imported], known: Known, countries: Mapping[str, int]
    ) -> list[tuple[Imported, Member]]:
        users = self._accounts(people, known)
        contacts = self._contacts(people, known, users)
        members = [
            Member(
                user=users[person.address],
                contact=contacts[person.address],
                person=getattr(known.user_of(person), "person", None),
                name=person.name,
                country_id=countries.get(person.country),
                affiliation=person.affiliation,
                position=person.position,
                joined_at=self._joined_at(person),
            )
            for person in people
        ]
        Member.objects.bulk_create(members)
        return list(zip(people, members, strict=True))

    def _accounts(self, people: Sequence[Imported], known: Known) -> dict[str, User]:
        """Return an account for each: the one there is, or one that opens only by a mail."""
        users = {person.address: known.user_of(person) for person in people}
        fresh = {
            person.address: User(
                email=User.objects.normalize_email(person.email),
                password=make_password(None),
                name=person.name,
                language=person.language or self._source.language,
            )
            for person in people
            if users[person.address] is None
        }
        User.objects.bulk_create(fresh.values())
        EmailAddress.objects.bulk_create(
            EmailAddress(user=user, email=user.email.lower(), primary=True, verified=False)
            for user in fresh.values()
        )
        return users | fresh

    def _contacts(
        self, people: Sequence[Imported], known: Known, users: Mapping[str, User]
    ) -> dict[str, Contact]:
        fresh, bound = {}, []
        for person in people:
            user, contact = users[person.address], known.contacts.get(person.address)
            owner = None if hasattr(known.user_of(person), "contact") else user
            if contact is None:
                fresh[person.address] = Contact(
                    email=person.email,
                    address=person.address,
                    name=person.name,
                    user=owner,
                    language=person.language or self._source.language,
                )
            elif contact.user_id is None and owner:
                contact.user = owner
                bound.append(contact)
        Contact.objects.bulk_create(fresh.values())
        Contact.objects.bulk_update(bound, ["user"])
        return {**known.contacts, **fresh}

    def _complete(
        self, people: Sequence[Imported], known: Known, countries: Mapping[str, int]
    ) -> None:
        """Fill what members left empty; what they wrote themselves stays."""
        members = []
        for person in people:
            member = known.members[person.address]
            member.country_id = member.country_id or countries.get(person.country)
            for name in FILLED_IN:
                setattr(member, name, getattr(member, name) or getattr(person, name))
            members.append(member)
        Member.objects.bulk_update(members, ["country", *FILLED_IN])

    def _take_interests(self, pairs: Sequence[tuple[Imported, Member]]) -> None:
        for name, model in VOCABULARIES.items():
            through = getattr(Member, name).through
            ids = dict(model.objects.values_list("slug", "pk"))
            column = f"{model._meta.model_name}_id"
            rows = _links(pairs, name, ids)
            through.objects.bulk_create(
                (through(member_id=member.pk, **{column: pk}) for member, pk in rows),
                ignore_conflicts=True,
            )
        groups = WorkingGroupPage.objects.filter(locale__language_code="en", live=True)
        rows = _links(pairs, "groups", dict(groups.values_list("slug", "pk")))
        GroupMembership.objects.bulk_create(
            (GroupMembership(member=who, group_id=pk, joined_at=self._now) for who, pk in rows),
            ignore_conflicts=True,
        )

    def _joined_at(self, person: Imported) -> datetime.datetime:
        if not person.joined:
            return self._now
        day = datetime.date.fromisoformat(person.joined)
        return datetime.datetime.combine(day, datetime.time(), datetime.UTC)


def _fate(person: Imported, digest: str, known: Known) -> tuple[str, str]:
    member = known.members.get(person.address)
    contact, user = known.contacts.get(person.address), known.user_of(person)
    is_silenced = contact is not None and contact.state == Contact.State.SUPPRESSED
    if digest in known.suppressed or is_silenced:
        return Fate.REFUSED, Why.SUPPRESSED
    if member is None and (digest in known.former or (user and hasattr(user, "member"))):
        return Fate.KNOWN, Why.MERGED_BEFORE
    if member is None:
        return Fate.NEW, ""
    if member.state == Member.State.LEAVING:
        return Fate.REFUSED, Why.LEAVING
    return (Fate.MERGED, "") if _adds(person, member) else (Fate.KNOWN, "")


def _adds(person: Imported, member: Member) -> bool:
    """Say whether a row knows something that a member left empty."""
    if person.country and not member.country_id:
        return True
    if any(getattr(person, name) and not getattr(member, name) for name in FILLED_IN):
        return True
    return any(_new_terms(person, member, name) for name in (*VOCABULARIES, "groups"))


def _new_terms(person: Imported, member: Member, name: str) -> bool:
    """Say whether a row names interests where the member has none: chosen ones are not added to."""
    rows = member.memberships if name == "groups" else getattr(member, name)
    return bool(getattr(person, name)) and not rows.all()


def _links(
    pairs: Iterable[tuple[Imported, Member]], name: str, ids: Mapping[str, int]
) -> list[tuple[Member, int]]:
    return [
        (member, ids[slug])
        for person, member in pairs
        if _new_terms(person, member, name)
        for slug in getattr(person, name)
        if slug in ids
    ]


def _person(line: ImportRow) -> Imported:
    return Imported(**line.person)


def _digests(model: type[Model], digests: Iterable[str]) -> frozenset[str]:
    rows = model.objects.filter(digest__in=list(digests))
    return frozenset(rows.values_list("digest", flat=True))
