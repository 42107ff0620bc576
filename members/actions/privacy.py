"""Taking one’s data along, and being forgotten."""

import datetime
import io
import json
import zipfile
from typing import Any

from django.contrib.sessions.models import Session
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.db.models import Model, Q
from wagtail.models import ModelLogEntry, PageLogEntry

from mail import contacts
from mail.models import Delivery, Suppression
from members import rules
from members.models import DataRequest, Member

README = """This is everything that the site keeps about you, as of {at}.

data.json holds it as JSON (UTF-8): your account, your membership, what you follow, what you
agreed to, your offers and applications, and which mails were sent to you.
"""


def export(member: Member, now: datetime.datetime) -> bytes:
    """Return a ZIP with everything that is kept about a member; write down that it was asked."""
    DataRequest.objects.create(
        user=member.user,
        kind=DataRequest.Kind.EXPORT,
        state=DataRequest.State.DONE,
        asked_at=now,
        done_at=now,
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        facts = json.dumps(collected(member), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)
        archive.writestr("data.json", facts)
        archive.writestr("README.txt", README.format(at=now.date().isoformat()))
    return packed.getvalue()


def collected(member: Member) -> dict[str, Any]:
    """Return everything that is kept about a member, by where it is kept."""
    contact, user = member.contact, member.user
    deliveries = Delivery.objects.filter(_to(member)).order_by("created_at")
    return {
        "account": _fields(user, leave_out={"password", "groups", "user_permissions"}),
        "contact": _fields(contact, leave_out={"token_version"}),
        "membership": _fields(member) | _interests(member),
        "groups": list(member.memberships.values("group__title", "joined_at")),
        "follows": list(
            contact.subscriptions.values("topic__kind", "topic__slug", "cadence", "changed_at")
        ),
        "consents": list(
            contact.consents.values("purpose", "granted", "text_version", "source", "at")
        ),
        "offers": list(
            member.interests.values(
                "kind", "group__title", "proposed_name", "text", "state", "submitted_at", "answer"
            )
        ),
        "mails": list(deliveries.values("subject", "purpose", "created_at", "sent_at", "state")),
    }


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


def erase_due(now: datetime.datetime) -> int:
    """Forget every member whose fortnight is over; return how many."""
    due = Member.objects.filter(state=Member.State.LEAVING, leaves_at__lte=now)
    members = list(due.select_related("user", "contact", "person"))
    for member in members:
        erase(member, now)
    return len(members)


@transaction.atomic
def erase(member: Member, now: datetime.datetime) -> None:
    """Forget a member: no table knows the name or the address afterwards (R25).

    What they wrote on the site as an author stays theirs under their name, like a book; the
    person’s own page is taken off the site. A keyed hash of the address stays behind, so that an
    old list never brings them back.
    """
    user, contact, person = member.user, member.contact, member.person
    _close_request(member, DataRequest.State.DONE, now)
    contacts.suppress(contact.email, Suppression.Reason.ERASED, now)
    Delivery.objects.filter(_to(member)).delete()
    _forget_sessions(user)
    for log in (ModelLogEntry, PageLogEntry):
        log.objects.filter(user_id=user.pk).update(user=None)
        log.objects.filter(label__in={member.name, user.email, user.name} - {""}).update(label="–")
    member.delete()
    contact.delete()
    if person is not None:
        person.email, person.is_public = "", person.authored.exists()
        person.save(update_fields=["email", "is_public"])
    user.delete()


def _to(member: Member) -> Q:
    return Q(contact=member.contact) | Q(recipient__iexact=member.contact.email)


def _close_request(member: Member, state: DataRequest.State, now: datetime.datetime) -> None:
    open_requests = DataRequest.objects.filter(
        user=member.user, kind=DataRequest.Kind.ERASE, state=DataRequest.State.ASKED
    )
    open_requests.update(state=state, done_at=now)


def _forget_sessions(user) -> None:
    for session in Session.objects.all().iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()


def _interests(member: Member) -> dict[str, list[str]]:
    return {
        name: [term.slug for term in getattr(member, name).all()]
        for name in ("regions", "themes", "sectors")
    }


def _fields(row: Model, leave_out: frozenset[str] | set[str] = frozenset()) -> dict[str, Any]:
    many = {field.name for field in row._meta.many_to_many}
    wanted = [
        field.name
        for field in row._meta.concrete_fields
        if field.name not in leave_out | many and not field.auto_created
    ]
    return {name: getattr(row, row._meta.get_field(name).attname) for name in wanted}
