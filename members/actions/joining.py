"""Joining: asked for on the site, done by whoever opens the link in the mail.

Until then nothing is known about the person but an unconfirmed address: what they filled in
travels in the signed link. The page answers the same for every address (R20); the truth is only
in the mail.
"""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction

from accounts.actions import confirm_address, open_account
from accounts.models import User
from mail import contacts, links, outbox, subscriptions
from mail.models import Cadence, Contact
from members import mail
from members.models import GroupMembership, Member
from taxonomy.models import Country, Region, Sector, Theme
from working_groups.models import WorkingGroupPage

TEXT_VERSION = "2026-11"
MEMBERSHIP, UPDATES = "membership", subscriptions.UPDATES
AGAIN_AFTER = datetime.timedelta(minutes=10)
TERMS = {"regions": Region, "themes": Theme, "sectors": Sector}
KIND_OF = {"groups": "group", "regions": "region", "themes": "theme", "sectors": "sector"}


@dataclass(frozen=True)
class Joining:
    """What somebody filled in. Interests are slugs; ``cadence`` is how often they want updates.

    Who joins ``for_institution`` goes on with its application.
    """

    name: str
    email: str
    language: str
    country: str = ""
    affiliation: str = ""
    time_zone: str = "UTC"
    groups: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    sectors: tuple[str, ...] = ()
    cadence: str = Cadence.OFF.value
    for_institution: bool = False

    @property
    def wishes(self) -> dict[subscriptions.TopicKey, str]:
        """The topics to follow, with how often; none where no updates are wanted."""
        if self.cadence == Cadence.OFF:
            return {}
        return {
            (kind, slug): self.cadence
            for name, kind in KIND_OF.items()
            for slug in getattr(self, name)
        }


@transaction.atomic
def ask(joining: Joining, now: datetime.datetime) -> None:
    """Send a mail to whoever reads this address: to finish joining, or that they are in already.

    Asked again within ten minutes it sends nothing new. Raises ``ValueError`` for no address.
    """
    contact = contacts.contact_for(
        joining.email,
        now=now,
        name=joining.name,
        language=joining.language,
        time_zone=joining.time_zone,
    )
    slot = int(now.timestamp() // AGAIN_AFTER.total_seconds())
    if member_of(contact):
        goes_on = "apply_for_institution" if joining.for_institution else ""
        outbox.send(mail.already_member(contact, f"joined:{contact.pk}:{slot}", goes_on))
    else:
        token = links.make(links.CONFIRM, contact, **_packed(joining))
        outbox.send(mail.confirm_joining(contact, joining, token, f"join:{contact.pk}:{slot}"))


def member_of(contact: Contact) -> Member | None:
    """Return the member who reads this mailbox, if any."""
    return Member.objects.filter(contact=contact).first()


@transaction.atomic
def finish(
    contact: Contact, joining: Joining, now: datetime.datetime, password: str | None = None
) -> Member:
    """Make the person who opened the link a member; once more gives the same member.

    An account that the secretariat made before keeps its password and its rights.
    """
    contact = Contact.objects.select_for_update().get(pk=contact.pk)
    if member := member_of(contact):
        return member
    contacts.confirm(contact, now)
    contact.user = _account(joining, password)
    contact.name, contact.language = joining.name, joining.language
    contact.time_zone = joining.time_zone
    contact.save(update_fields=["user", "name", "language", "time_zone"])
    member = Member.objects.create(
        user=contact.user,
        contact=contact,
        person=getattr(contact.user, "person", None),
        name=joining.name,
        affiliation=joining.affiliation,
        country=Country.objects.filter(slug=joining.country).first(),
        joined_at=now,
    )
    _take_interests(member, joining, now)
    _record_consents(contact, joining, now)
    return member


@transaction.atomic
def join_group(member: Member, group: WorkingGroupPage, now: datetime.datetime) -> bool:
    """Put a member on a group’s list; ``False`` if they were on it."""
    return GroupMembership.objects.get_or_create(
        member=member, group=group, defaults={"joined_at": now}
    )[1]


@transaction.atomic
def leave_group(member: Member, group: WorkingGroupPage) -> bool:
    """Take a member off a group’s list; ``False`` if they were not on it."""
    return bool(GroupMembership.objects.filter(member=member, group=group).delete()[0])


def unpacked(data: Mapping, email: str) -> Joining:
    """Return what somebody filled in from what their link says."""
    fields = {
        name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
    }
    return Joining(email=email, **fields)


def _packed(joining: Joining) -> dict:
    """Return what the link carries: nothing empty, and not the address."""
    return {name: value for name, value in asdict(joining).items() if value and name != "email"}


def _account(joining: Joining, password: str | None) -> User:
    user = User.objects.filter(email__iexact=joining.email).first()
    if user is None:
        return open_account(
            joining.email,
            password,
            name=joining.name,
            language=joining.language,
            time_zone=joining.time_zone,
        )
    confirm_address(user)
    return user


def _take_interests(member: Member, joining: Joining, now: datetime.datetime) -> None:
    for name, model in TERMS.items():
        getattr(member, name).set(model.objects.filter(slug__in=getattr(joining, name)))
    groups = WorkingGroupPage.objects.filter(
        slug__in=joining.groups, locale__language_code="en", live=True
    )
    GroupMembership.objects.bulk_create(
        GroupMembership(member=member, group=group, joined_at=now) for group in groups
    )
    subscriptions.set_wishes(member.contact, joining.wishes, source="join", now=now)


def _record_consents(contact: Contact, joining: Joining, now: datetime.datetime) -> None:
    def decide(purpose: str, *, granted: bool) -> None:
        decision = subscriptions.Decision(purpose, granted, TEXT_VERSION, "join")
        subscriptions.record_consent(contact, decision, now)

    decide(MEMBERSHIP, granted=True)
    decide(UPDATES, granted=joining.cadence != Cadence.OFF)
