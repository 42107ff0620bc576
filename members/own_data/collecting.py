"""What is kept about a member, by the headings under which ``kept`` says that it stands."""

import uuid
from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import Model

from events.models import EventRole, PersonalCalendar
from events.registration.actions import privacy as registrations
from files.models import ExportLog
from mail.models import Contact, Delivery
from members import mail
from members.actions import account, messages
from members.institutions import personal_data as institutions
from members.models import DataRequest, Member

from . import on_the_site

NO_SECRETS = frozenset({"password", "groups", "user_permissions"})


def collected(member: Member) -> dict[str, Any]:
    """Return everything that is kept about a member, by heading."""
    user, contact = member.user, member.contact
    return {
        "account": fields(user, leave_out=NO_SECRETS) | _rights(user),
        **account.collected(user),
        "contact": fields(contact, leave_out={"token_version"}),
        "membership": fields(member, leave_out={"photo"}) | _terms(member),
        "former_addresses": list(member.former_addresses.values("at")),
        "groups": list(member.memberships.values("group__title", "joined_at")),
        **_wishes(contact),
        **_events(member),
        "offers": list(
            member.interests.values(
                *("kind", "group__title", "proposed_name", "text", "state", "submitted_at"),
                *("answer", "answered_at"),
            )
        ),
        **institutions.collected(member),
        "mails": _mails_to(member),
        "messages_sent": _messages_of(member),
        "data_requests": list(
            DataRequest.objects.filter(user=user).values("kind", "state", "asked_at", "done_at")
        ),
        "lists_taken_out": list(
            ExportLog.objects.filter(by=user).values("what", "at", "rows", "file_format")
        ),
        **on_the_site.collected(member),
    }


def fields(row: Model, leave_out: Collection[str] = ()) -> dict[str, Any]:
    """Return the plain fields of a row by name, without those left out."""
    return {
        field.name: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in leave_out and not field.auto_created
    }


def _rights(user: AbstractBaseUser) -> dict[str, list[str]]:
    rights = user.user_permissions.values_list("codename", flat=True)
    groups = user.groups.values_list("name", flat=True)
    return {"in_groups_of_rights": list(groups), "rights": list(rights)}


def _terms(member: Member) -> dict[str, str | list[str]]:
    """Return what a member chose from the vocabularies, by the names that stand in addresses."""
    interests = {
        name: [term.slug for term in getattr(member, name).all()]
        for name in ("regions", "themes", "sectors")
    }
    return interests | {"country": member.country.slug if member.country else ""}


def _wishes(contact: Contact) -> dict[str, list[dict]]:
    return {
        "follows": list(
            contact.subscriptions.values(
                *("topic__kind", "topic__slug", "cadence", "source", "changed_at")
            )
        ),
        "consents": list(
            contact.consents.values("purpose", "granted", "text_version", "source", "at")
        ),
    }


def _events(member: Member) -> dict[str, list[dict]]:
    calendars = PersonalCalendar.objects.filter(user=member.user)
    roles = EventRole.objects.filter(user=member.user)
    return {
        "registrations": registrations.collected(member.contact),
        "roles_at_events": list(roles.values("event__title", "role", "given_at")),
        "calendar": list(calendars.values("made_at")),
    }


def _mails_to(member: Member) -> list[dict]:
    """Return which mails went to a member; what they said was sent to them already."""
    rows = Delivery.objects.filter(mail.to(member)).order_by("created_at")
    return list(
        rows.values("subject", "purpose", "recipient", "created_at", "sent_at", "state", "error")
    )


def _messages_of(member: Member) -> list[dict]:
    """Return what a member wrote to others, without addresses that are not theirs."""
    rows = list(messages.written_by(member).order_by("created_at"))
    receivers = {row.pk: uuid.UUID(row.key.split(":")[2]) for row in rows}
    found = Member.objects.filter(public_id__in=receivers.values())
    names = dict(found.values_list("public_id", "name"))
    return [
        {
            "to": names.get(receivers[row.pk], ""),
            "subject": row.subject,
            "text": row.body,
            "written_at": row.created_at,
            "sent_at": row.sent_at,
        }
        for row in rows
    ]
