"""How long we keep what is about members, as docs/decisions propose and LPSA has to confirm."""

import datetime

from django.db.models import Q, QuerySet

from accounts.retention import Kept, register
from files.models import ExportLog
from mail.models import Consent, Contact, Delivery, DeliveryEvent, DeliveryState
from members.actions import invitations, privacy
from members.models import (
    DataRequest,
    DigestRun,
    ExpressionOfInterest,
    ImportFile,
    Member,
    MemberImport,
)

Moment = datetime.datetime
MAILS = 90
UNCONFIRMED = 30
NOT_ANSWERED = 180
FILES, TRIALS = 1, 7
REPORTS = 365
PROOFS = 3 * 365
OVER = (DeliveryState.SENT, DeliveryState.SKIPPED, DeliveryState.FAILED, DeliveryState.UNKNOWN)


def _mails(before: Moment) -> QuerySet[Delivery]:
    return Delivery.objects.filter(state__in=OVER, due_at__lt=before, created_at__lt=before)


def _reports_of_provider(before: Moment) -> QuerySet[DeliveryEvent]:
    return DeliveryEvent.objects.filter(at__lt=before)


def _runs(before: Moment) -> QuerySet[DigestRun]:
    return DigestRun.objects.filter(finished_at__lt=before)


def _unconfirmed(before: Moment) -> QuerySet[Contact]:
    """Addresses that somebody once typed in: no member, no account, no registration."""
    alone = Contact.objects.filter(member=None, user=None, registrations=None)
    return alone.filter(state=Contact.State.UNVERIFIED, created_at__lt=before)


def _not_answered(before: Moment) -> QuerySet[Member]:
    """Members whom a list brought and who neither confirmed nor ever logged in."""
    silent = invitations.unconfirmed().filter(user__last_login=None)
    return silent.filter(
        user__date_joined__lt=before, contact__state=Contact.State.UNVERIFIED
    ).select_related("user", "contact", "person")


def _erase(members: list[Member], now: Moment) -> None:
    for member in members:
        privacy.erase(member, now)


def _files(before: Moment) -> QuerySet[ImportFile]:
    return ImportFile.objects.filter(source__at__lt=before)


def _trials(before: Moment) -> QuerySet[MemberImport]:
    untaken = (MemberImport.State.OPEN, MemberImport.State.TRIED)
    return MemberImport.objects.filter(state__in=untaken, at__lt=before)


def _import_reports(before: Moment) -> QuerySet[MemberImport]:
    return MemberImport.objects.filter(state=MemberImport.State.DONE, finished_at__lt=before)


def _offers(before: Moment) -> QuerySet[ExpressionOfInterest]:
    state = ExpressionOfInterest.State
    declined = Q(state=state.DECLINED, answered_at__lt=before)
    return ExpressionOfInterest.objects.filter(
        declined | Q(state=state.WITHDRAWN, submitted_at__lt=before)
    )


def _consents(before: Moment) -> QuerySet[Consent]:
    left = Q(left_at__lt=before) | Q(left_at=None, at__lt=before)
    return Consent.objects.filter(left, contact=None)


def _requests(before: Moment) -> QuerySet[DataRequest]:
    return DataRequest.objects.filter(done_at__lt=before)


def _exports(before: Moment) -> QuerySet[ExportLog]:
    return ExportLog.objects.filter(at__lt=before)


KEPT = (
    Kept("mails that are over", MAILS, _mails),
    Kept("reports of the mail provider", MAILS, _reports_of_provider),
    Kept("runs of digests", MAILS, _runs),
    Kept("addresses nobody confirmed", UNCONFIRMED, _unconfirmed),
    Kept("members from lists who never answered", NOT_ANSWERED, _not_answered, _erase),
    Kept("files of lists whose columns can still be changed", FILES, _files),
    Kept("lists that were only tried", TRIALS, _trials),
    Kept("reports of imports", REPORTS, _import_reports),
    Kept("offers that were not taken up", PROOFS, _offers),
    Kept("consents of those who left", PROOFS, _consents),
    Kept("requests about own data", PROOFS, _requests),
    Kept("log of lists taken out", PROOFS, _exports),
)


def register_all() -> None:
    """Say what goes when."""
    register(*KEPT)
