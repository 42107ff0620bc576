"""What we write about institutions, to members in their language and to the secretariat."""

import datetime

from accounts.models import User
from mail.message import Message, compose
from members.mail import address
from members.models import Affiliation, Application, PageChange
from people.models import Organisation


def application_received(application: Application, reader: User) -> Message:
    """Ask the secretariat to answer an application."""
    return _to_account(
        "application_received",
        reader,
        key=f"application:{application.pk}:{reader.pk}",
        member=application.applicant.name,
        position=application.position,
        institution=application.name,
        text=application.about,
        url=address("answer_application", reader, application.pk),
    )


def application_answered(application: Application) -> Message:
    """Tell the applicant what became of an application, in the words of who answered it."""
    is_accepted = application.state == Application.State.APPROVED
    return _to_member(
        "application_answered",
        application.applicant,
        key=f"application:{application.pk}:answered",
        institution=application.name,
        is_accepted=is_accepted,
        answer=application.reason,
        page=_people(application.organisation) if is_accepted else ("my_page",),
    )


def affiliation_asked(wish: Affiliation, reader: User) -> Message:
    """Ask a representative whether somebody works there: one mail a day about the same person."""
    return _to_account(
        "affiliation_asked",
        reader,
        key=f"affiliation:{wish.member_id}:{wish.organisation_id}:{wish.since}:{reader.pk}",
        member=wish.member.name,
        institution=wish.organisation.name,
        url=address("institution_people", reader, wish.organisation.slug),
    )


def affiliation_answered(affiliation: Affiliation) -> Message:
    """Tell a member whether an institution says that they work there."""
    return _to_member(
        "affiliation_answered",
        affiliation.member,
        key=_about(affiliation, "answered"),
        institution=affiliation.organisation.name,
        is_accepted=affiliation.state == Affiliation.State.CONFIRMED,
        page=("my_page",),
    )


def affiliation_ended(affiliation: Affiliation) -> Message:
    """Tell a member that an institution ended what they were there."""
    return _to_member(
        "affiliation_ended",
        affiliation.member,
        key=_about(affiliation, "ended"),
        institution=affiliation.organisation.name,
        page=("my_page",),
    )


def made_representative(affiliation: Affiliation) -> Message:
    """Tell a member that they speak for an institution from now on, and what that means."""
    return _to_member(
        "made_representative",
        affiliation.member,
        key=_about(affiliation, "representative"),
        institution=affiliation.organisation.name,
        page=_people(affiliation.organisation),
    )


def without_representative(
    organisation: Organisation, reader: User, now: datetime.datetime
) -> Message:
    """Tell the secretariat that nobody speaks for an institution any more."""
    return _to_account(
        "without_representative",
        reader,
        key=f"without-representative:{organisation.pk}:{now.isoformat()}:{reader.pk}",
        institution=organisation.name,
        url=address("institution_people", reader, organisation.slug),
    )


def page_change_received(change: PageChange, reader: User, now: datetime.datetime) -> Message:
    """Ask the secretariat to look at what a page shall say: one mail a day about the same page."""
    return _to_account(
        "page_change_received",
        reader,
        key=f"page-change-by:{change.proposed_by_id}:{change.pk}:{now.date()}:{reader.pk}",
        member=change.proposed_by.name,
        institution=change.organisation.name,
        text=change.about,
        url=address("answer_page_change", reader, change.pk),
    )


def page_change_answered(change: PageChange) -> Message:
    """Tell who proposed it whether the page now says it."""
    return _to_member(
        "page_change_answered",
        change.proposed_by,
        key=f"page-change:{change.pk}:answered",
        institution=change.organisation.name,
        is_accepted=change.state == PageChange.State.APPROVED,
        answer=change.reason,
        page=("institution", change.organisation.slug),
    )


def keys_about(member) -> list[str]:
    """Return how the keys of mails to others begin that name a member, to erase them (R25)."""
    applications = member.applications.values_list("pk", flat=True)
    return [
        f"affiliation:{member.pk}:",
        f"page-change-by:{member.pk}:",
        *(f"application:{pk}:" for pk in applications),
    ]


def _about(affiliation: Affiliation, what: str) -> str:
    return f"affiliation:{affiliation.member_id}:{affiliation.pk}:{what}"


def _people(organisation: Organisation) -> tuple[str, str]:
    return "institution_people", organisation.slug


def _to_account(template: str, reader: User, *, key: str, **context) -> Message:
    return compose(
        f"members/institutions/{template}",
        key=key,
        recipient=reader.email,
        language=reader.language,
        context={"name": reader.get_short_name(), **context},
    )


def _to_member(template: str, member, *, key: str, page: tuple[str, ...], **context) -> Message:
    contact = member.contact
    name, *arguments = page
    return compose(
        f"members/institutions/{template}",
        key=key,
        recipient=contact.email,
        language=contact.language,
        context={"name": member.name, "url": address(name, contact, *arguments), **context},
    )
