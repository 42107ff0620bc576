"""An institution asks to become a member, from the form to the answer."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from mail import outbox
from members.access import secretariat
from members.models import Application, Member
from people.models import Organisation
from taxonomy.models import Theme
from working_groups.access import is_secretariat

from . import mail, rules, working_there

State = Application.State


@dataclass(frozen=True)
class Answer:
    """What the secretariat decided; ``organisation`` is the one on the site that is meant."""

    accepted: bool
    reason: str
    organisation: Organisation | None = None


def known(name: str) -> Organisation | None:
    """Return the organisation of this name that is on the site already, if any."""
    return Organisation.objects.filter(name__iexact=rules.tidy(name)).first()


@transaction.atomic
def apply(
    application: Application, now: datetime.datetime, themes: Iterable[Theme] = ()
) -> Application:
    """Send an application to the secretariat; the same one sent twice stays one (R5).

    Raises ``ValidationError`` for somebody whose other applications wait for an answer.
    """
    # Two tabs of one member come one after the other: no second row, no second mail.
    Member.objects.select_for_update().get(pk=application.applicant_id)
    application.name = rules.tidy(application.name)
    waiting = Application.objects.filter(applicant=application.applicant_id, state=State.NEW)
    if same := waiting.filter(name__iexact=application.name).first():
        return same
    if waiting.count() >= rules.MOST_OPEN_APPLICATIONS:
        raise ValidationError(_("Please wait until we have answered your other applications."))
    application.state, application.submitted_at = State.NEW, now
    application.save()
    application.themes.set(themes)
    for reader in secretariat():
        outbox.send(mail.application_received(application, reader))
    return application


@transaction.atomic
def withdraw(application: Application) -> bool:
    """Take an application back; ``False`` if it was answered before."""
    waiting = Application.objects.filter(pk=application.pk, state=State.NEW)
    return bool(waiting.update(state=State.WITHDRAWN))


@transaction.atomic
def decide(application: Application, answer: Answer, *, by: User, now: datetime.datetime) -> bool:
    """Answer an application; ``False`` if somebody answered it before.

    Approving makes the institution, or takes the one meant, a member, and the applicant its
    representative. Raises ``PermissionDenied`` for others than the secretariat, and
    ``ValidationError`` when the applicant has left meanwhile.
    """
    if not is_secretariat(by):
        raise PermissionDenied
    application = Application.objects.select_for_update().get(pk=application.pk)
    if application.state != State.NEW:
        return False
    if answer.accepted:
        if application.applicant is None:
            raise ValidationError(_("Who applied has left. Nobody would speak for it."))
        application.organisation = _member_institution(application, answer.organisation, now)
        working_there.appoint(application.applicant, application.organisation, now)
    application.state = State.APPROVED if answer.accepted else State.DECLINED
    application.reason, application.decided_by = answer.reason, by
    application.decided_at = now
    application.save()
    if application.applicant:
        outbox.send(mail.application_answered(application))
    return True


def _member_institution(
    application: Application, chosen: Organisation | None, now: datetime.datetime
) -> Organisation:
    """Return the institution as a member from today on; what its page says already stays."""
    organisation = chosen or known(application.name)
    is_new = organisation is None
    if is_new:
        organisation = Organisation(
            name=application.name,
            acronym=application.acronym,
            kind=Organisation.Kind.INSTITUTION,
            country=application.country,
            url=application.url,
            about=application.about,
        )
    organisation.member_since = organisation.member_since or now.date()
    organisation.save()
    if is_new:
        organisation.themes.set(application.themes.all())
    return organisation
