"""Leaving, coming back within a fortnight, and being forgotten."""

import datetime

from django.db import transaction
from django.db.models import Q, QuerySet

from events.registration.actions import privacy as registrations
from mail import contacts
from mail.models import Delivery, Suppression
from members import mail, rules
from members.institutions import personal_data as institutions
from members.models import DataRequest, ImportFile, ImportRow, Member

from . import account, messages, photos


@transaction.atomic
def ask_to_be_erased(member: Member, now: datetime.datetime) -> None:
    """Begin the fortnight after which a member is forgotten; asked again it goes on as it is."""
    member = Member.objects.select_for_update().get(pk=member.pk)
    if member.state == Member.State.LEAVING:
        return
    member.state = Member.State.LEAVING
    member.leaves_at = rules.erased_at(now)
    member.save(update_fields=["state", "leaves_at"])
    DataRequest.objects.create(user=member.user, kind=DataRequest.Kind.ERASE, asked_at=now)


@transaction.atomic
def stay(member: Member, now: datetime.datetime) -> None:
    """Take the wish to be erased back."""
    member.state, member.leaves_at = Member.State.ACTIVE, None
    member.save(update_fields=["state", "leaves_at"])
    _close_request(member, DataRequest.State.TAKEN_BACK, now)


def due(now: datetime.datetime) -> QuerySet[Member]:
    """Return the members whose fortnight is over."""
    return Member.objects.filter(state=Member.State.LEAVING, leaves_at__lte=now)


def erase_due(now: datetime.datetime) -> int:
    """Forget every member whose fortnight is over; return how many."""
    members = list(due(now).select_related("user", "contact", "person"))
    for member in members:
        erase(member, now)
    return len(members)


def erase(member: Member, now: datetime.datetime) -> None:
    """Forget a member: no table knows the name or the address afterwards (R25).

    What they wrote on the site as an author stays theirs under their name, like a book; the
    person’s own page is taken off the site. A keyed hash of the address stays behind, so that an
    old list never brings them back.
    """
    registrations.forget(member.contact, now)
    _erase(member, now)


@transaction.atomic
def _erase(member: Member, now: datetime.datetime) -> None:
    user, contact, person, name = member.user, member.contact, member.person, member.name
    _close_request(member, DataRequest.State.DONE, now)
    _never_import_again(member, now)
    institutions.forget(member, now)
    messages.forget(member)
    photos.remove(member)
    Delivery.objects.filter(mail.to(member) | _naming(member)).delete()
    contact.consents.update(left_at=now)
    member.delete()
    contact.delete()
    if person is not None:
        person.email, person.is_public = "", person.authored.exists()
        person.save(update_fields=["email", "is_public"])
    account.forget(user, names=[name])


def _never_import_again(member: Member, now: datetime.datetime) -> None:
    """Keep the hashes of a member’s addresses, and take their rows out of lists that wait.

    Which files of lists name them nobody can tell, so that all of these go.
    """
    contacts.suppress(member.contact.email, Suppression.Reason.ERASED, now)
    former = list(member.former_addresses.values_list("digest", flat=True))
    Suppression.objects.bulk_create(
        (Suppression(digest=digest, reason=Suppression.Reason.ERASED, at=now) for digest in former),
        ignore_conflicts=True,
    )
    digests = [contacts.address_digest(member.contact.email), *former]
    ImportRow.objects.filter(digest__in=digests, is_done=False).update(
        person={}, fate=ImportRow.Fate.REFUSED, why=ImportRow.Why.ERASED, is_done=True
    )
    ImportFile.objects.all().delete()


def _naming(member: Member) -> Q:
    """Find the mails to others that tell of the offers of a member."""
    offers = member.interests.values_list("pk", flat=True)
    return mail.keys_begin(f"offer:{offer}:" for offer in offers)


def _close_request(member: Member, state: DataRequest.State, now: datetime.datetime) -> None:
    open_requests = DataRequest.objects.filter(
        user=member.user, kind=DataRequest.Kind.ERASE, state=DataRequest.State.ASKED
    )
    open_requests.update(state=state, done_at=now)
