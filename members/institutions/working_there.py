"""Who works for an institution and who speaks for it, from the request to the end of the term.

Every change locks the row of the institution first, so that two at once cannot contradict each
other. An affiliation is a link and nothing more: no member inherits anything by it.
"""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User
from mail import outbox
from members.access import secretariat
from members.models import Affiliation, Member
from people.models import Organisation

from . import access, mail, rules

State, Title = Affiliation.State, Affiliation.Title
Change = Callable[[Affiliation, User, datetime.datetime], bool]


@transaction.atomic
def ask(member: Member, organisation: Organisation, now: datetime.datetime) -> Affiliation:
    """Say that a member works somewhere, for a representative to confirm; twice is once (R5).

    Where there is no representative the secretariat is asked. Raises ``ValidationError`` for
    somebody who was declined there a short time ago.
    """
    with _locked(organisation.pk, now):
        there = member.affiliations.filter(organisation=organisation)
        if running := there.open().first():
            return running
        declined = there.filter(state=State.DECLINED).order_by("-until", "-pk").first()
        if declined and not rules.may_ask_again(declined.until, now.date()):
            raise ValidationError(_("You asked a short time ago. Please speak to them first."))
        wish = Affiliation.objects.create(
            member=member, organisation=organisation, since=now.date()
        )
        readers = access.representatives(organisation, now.date())
        for reader in readers if readers.exists() else secretariat():
            outbox.send(mail.affiliation_asked(wish, reader))
        return wish


def confirm(affiliation: Affiliation, by: User, now: datetime.datetime) -> bool:
    """Confirm that somebody works there, from today on; ``False`` if it was answered before."""
    return _decide(affiliation, State.CONFIRMED, by, now)


def decline(affiliation: Affiliation, by: User, now: datetime.datetime) -> bool:
    """Say that somebody does not work there; ``False`` if it was answered before."""
    return _decide(affiliation, State.DECLINED, by, now)


@transaction.atomic
def end(affiliation: Affiliation, by: User, now: datetime.datetime) -> bool:
    """End a term or take a request back, at once; ``False`` if it was over before.

    Members end their own; representatives and the secretariat those of others, who are told.
    """
    with _locked(affiliation.organisation_id, now):
        affiliation = _current(affiliation)
        is_own = affiliation.member.user_id == by.pk
        if not is_own:
            _check_may_manage(affiliation, by, now)
        if not _is_running(affiliation, now):
            return False
        _end(affiliation, now)
        if not is_own:
            outbox.send(mail.affiliation_ended(affiliation))
        return True


@transaction.atomic
def promote(affiliation: Affiliation, by: User, now: datetime.datetime) -> bool:
    """Let somebody who works there speak for it too; ``False`` if that is not so any more."""
    with _locked(affiliation.organisation_id, now):
        affiliation = _current(affiliation)
        _check_may_manage(affiliation, by, now)
        if not _is_staff(affiliation, now):
            return False
        appoint(affiliation.member, affiliation.organisation, now)
        outbox.send(mail.made_representative(affiliation))
        return True


@transaction.atomic
def hand_over(affiliation: Affiliation, by: User, now: datetime.datetime) -> bool:
    """Let somebody else speak for the institution instead of oneself; one goes on as staff.

    Only representatives can. ``False`` if the other does not work there any more.
    """
    with _locked(affiliation.organisation_id, now):
        own = access.representing(by, now.date()).filter(organisation=affiliation.organisation_id)
        mine = own.select_related("member").first()
        if mine is None:
            raise PermissionDenied
        if not promote(affiliation, by, now):
            return False
        _end(mine, now)
        _begin(mine.member, affiliation.organisation, Title.STAFF, now)
        return True


@transaction.atomic
def appoint(member: Member, organisation: Organisation, now: datetime.datetime) -> Affiliation:
    """Return the term, begun today unless it runs, in which a member speaks for an institution.

    What they were there before ends. It asks nobody: who may appoint is the caller’s business.
    """
    with _locked(organisation.pk, now):
        there = member.affiliations.filter(organisation=organisation)
        if running := there.representing(now.date()).filter(until__isnull=True).first():
            return running
        for before in there.open():
            _end(before, now)
        return _begin(member, organisation, Title.REPRESENTATIVE, now)


def end_all(member: Member, now: datetime.datetime) -> None:
    """End everything that a member is anywhere, as when they leave."""
    for affiliation in member.affiliations.open().order_by("organisation"):
        end(affiliation, member.user, now)


VERBS: dict[str, Change] = {
    "confirm": confirm,
    "decline": decline,
    "end": end,
    "promote": promote,
    "hand-over": hand_over,
}


@transaction.atomic
def _decide(affiliation: Affiliation, state: State, by: User, now: datetime.datetime) -> bool:
    with _locked(affiliation.organisation_id, now):
        affiliation = _current(affiliation)
        _check_may_manage(affiliation, by, now)
        if affiliation.state != State.ASKED:
            return False
        affiliation.state, affiliation.since = state, now.date()
        affiliation.until = now.date() if state == State.DECLINED else None
        affiliation.save()
        outbox.send(mail.affiliation_answered(affiliation))
        return True


@contextmanager
def _locked(organisation: int, now: datetime.datetime) -> Iterator[None]:
    """Let one change of an institution’s people happen at a time; tell of a last one who went."""
    kept = Organisation.objects.select_for_update().get(pk=organisation)
    before = _speakers(kept, now)
    yield
    if rules.is_orphaned(before, _speakers(kept, now)):
        for reader in secretariat():
            outbox.send(mail.without_representative(kept, reader, now))


def _speakers(organisation: Organisation, now: datetime.datetime) -> list[int]:
    terms = organisation.affiliations.representing(now.date())
    return list(terms.values_list("pk", flat=True))


def _current(affiliation: Affiliation) -> Affiliation:
    """Return the row as it is now that nobody else can change it."""
    rows = Affiliation.objects.select_related("member__contact", "organisation")
    return rows.get(pk=affiliation.pk)


def _check_may_manage(affiliation: Affiliation, by: User, now: datetime.datetime) -> None:
    if not access.may_manage(by, affiliation.organisation, now.date()):
        raise PermissionDenied


def _is_staff(affiliation: Affiliation, now: datetime.datetime) -> bool:
    is_held = affiliation.state == State.CONFIRMED and affiliation.is_held(now.date())
    return is_held and affiliation.title == Title.STAFF


def _is_running(affiliation: Affiliation, now: datetime.datetime) -> bool:
    is_over = affiliation.until is not None and affiliation.until < now.date()
    return affiliation.state in (State.ASKED, State.CONFIRMED) and not is_over


def _begin(
    member: Member, organisation: Organisation, title: Title, now: datetime.datetime
) -> Affiliation:
    return Affiliation.objects.create(
        member=member,
        organisation=organisation,
        title=title,
        state=State.CONFIRMED,
        since=now.date(),
    )


def _end(affiliation: Affiliation, now: datetime.datetime) -> None:
    affiliation.state, affiliation.until = State.ENDED, now.date()
    affiliation.save(update_fields=["state", "until"])
