"""What an institution’s page says: representatives propose, the secretariat approves."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from accounts.models import User
from files.models import SiteImage
from mail import outbox
from members.access import secretariat
from members.models import Member, PageChange
from people.models import Organisation
from working_groups.access import is_secretariat
from working_groups.actions import ensure_collection

from . import access, mail

State = PageChange.State
COLLECTION = "Institutions"


@dataclass(frozen=True)
class Wanted:
    """What the page shall say. ``logo`` is a new picture; without one the old one stays."""

    about: str
    url: str
    logo: UploadedFile | None = None
    without_logo: bool = False


@transaction.atomic
def propose(
    organisation: Organisation, wanted: Wanted, *, by: Member, now: datetime.datetime
) -> PageChange | None:
    """Send what a page shall say to the secretariat; ``None`` if it says so already.

    What waits already is replaced: there is one open change of a page, whoever proposes it.
    Raises ``PermissionDenied`` for others than representatives.
    """
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    if not access.represents(by.user, organisation, now.date()):
        raise PermissionDenied
    waiting = waiting_for(organisation)
    before = waiting or organisation
    if _is_the_same(before, wanted):
        return waiting
    change = waiting or PageChange(organisation=organisation)
    replaced = change.logo
    change.about, change.url = wanted.about, wanted.url
    change.logo = _logo(before, wanted, organisation, by.user)
    change.proposed_by, change.submitted_at = by, now
    change.save()
    if change.logo_id != getattr(replaced, "pk", None):
        _drop(replaced, organisation)
    for reader in secretariat():
        outbox.send(mail.page_change_received(change, reader, now))
    return change


def waiting_for(organisation: Organisation) -> PageChange | None:
    """Return the change of a page that waits for the secretariat, if any."""
    return organisation.page_changes.filter(state=State.NEW).select_related("logo").first()


@transaction.atomic
def withdraw(change: PageChange, by: User, now: datetime.datetime) -> bool:
    """Take a change back; ``False`` if it was answered before."""
    change = _locked(change)
    if not access.represents(by, change.organisation, now.date()):
        raise PermissionDenied
    if change.state != State.NEW:
        return False
    _drop(change.logo, change.organisation)
    change.state, change.logo = State.WITHDRAWN, None
    change.save()
    return True


@transaction.atomic
def decide(
    change: PageChange, *, accepted: bool, reason: str, by: User, now: datetime.datetime
) -> bool:
    """Let the page say what was proposed, or leave it; ``False`` if it was answered before.

    Raises ``PermissionDenied`` for others than the secretariat.
    """
    if not is_secretariat(by):
        raise PermissionDenied
    change = _locked(change)
    if change.state != State.NEW:
        return False
    organisation = change.organisation
    if accepted:
        organisation.about, organisation.url = change.about, change.url
        organisation.logo = change.logo
        organisation.save()
    else:
        _drop(change.logo, organisation)
        change.logo = None
    change.state = State.APPROVED if accepted else State.DECLINED
    change.reason, change.decided_by, change.decided_at = reason, by, now
    change.save()
    if change.proposed_by:
        outbox.send(mail.page_change_answered(change))
    return True


def _locked(change: PageChange) -> PageChange:
    """Return the change as it is now, with its institution locked as for every change of it."""
    Organisation.objects.select_for_update().get(pk=change.organisation_id)
    rows = PageChange.objects.select_related("organisation", "logo", "proposed_by__contact")
    return rows.get(pk=change.pk)


def _is_the_same(before: Organisation | PageChange, wanted: Wanted) -> bool:
    keeps_logo = wanted.logo is None and not (wanted.without_logo and before.logo_id)
    return keeps_logo and (before.about, before.url) == (wanted.about, wanted.url)


def _logo(
    before: Organisation | PageChange, wanted: Wanted, organisation: Organisation, by: User
) -> SiteImage | None:
    if wanted.logo:
        return SiteImage.objects.create(
            title=organisation.name[:255],
            file=wanted.logo,
            uploaded_by_user=by,
            collection=ensure_collection(COLLECTION),
        )
    return None if wanted.without_logo else before.logo


def _drop(logo: SiteImage | None, organisation: Organisation) -> None:
    """Delete a picture that was only proposed; the one on the page stays."""
    if logo is not None and logo.pk != organisation.logo_id:
        logo.delete()
