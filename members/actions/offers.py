"""Offers to join, form or chair a working group, from the wish to the answer."""

import datetime

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from accounts.models import User
from mail import outbox
from members import mail
from members.access import chaired_groups, secretariat
from members.models import ExpressionOfInterest, Member
from people.models import Person
from people.slugs import free_slug
from working_groups.access import is_secretariat
from working_groups.actions import appoint, sync_rights
from working_groups.models import Role

from . import joining

Kind, State = ExpressionOfInterest.Kind, ExpressionOfInterest.State
OPEN = (State.NEW, State.REVIEW)


def offer(wish: ExpressionOfInterest, now: datetime.datetime) -> ExpressionOfInterest:
    """Send an offer to those who read it; the same offer made twice stays one (R5)."""
    wish.submitted_at = now
    try:
        with transaction.atomic():
            wish.save()
    except IntegrityError:
        same = {"member": wish.member, "kind": wish.kind, "group": wish.group}
        return ExpressionOfInterest.objects.get(**same, state__in=OPEN)
    for reader in readers(wish, now.date()):
        outbox.send(mail.offer_received(wish, reader))
    return wish


def readers(wish: ExpressionOfInterest, on: datetime.date) -> QuerySet[User]:
    """Return who reads an offer: a group’s co-chairs who asks to join it, else the secretariat."""
    if wish.kind == Kind.JOIN:
        chairs = co_chairs(wish, on)
        if chairs.exists():
            return chairs
    return secretariat()


def co_chairs(wish: ExpressionOfInterest, on: datetime.date) -> QuerySet[User]:
    """Return the accounts of those who chair the group of an offer."""
    in_office = Role.objects.in_office(on).filter(group=wish.group_id, title=Role.Title.CO_CHAIR)
    return (
        User.objects.filter(person__roles__in=in_office, is_active=True).distinct().order_by("pk")
    )


def readable_by(user: AbstractBaseUser, on: datetime.date) -> QuerySet[ExpressionOfInterest]:
    """Return the offers that somebody may read and answer (R24)."""
    offers = ExpressionOfInterest.objects.select_related("member__contact", "group")
    if is_secretariat(user):
        return offers
    return offers.filter(kind=Kind.JOIN, group__in=chaired_groups(user, on))


@transaction.atomic
def decide(
    wish: ExpressionOfInterest, *, accepted: bool, answer: str, by: User, now: datetime.datetime
) -> bool:
    """Answer an offer and do what it asks for; ``False`` if somebody answered it before.

    Accepting a chair appoints from today on, which gives the rights and the seat on the Advisory
    Board. Raises ``ValidationError`` when the group has no place for another co-chair, and
    ``PermissionDenied`` for somebody who does not read this offer.
    """
    wish = ExpressionOfInterest.objects.select_for_update().get(pk=wish.pk)
    if not readable_by(by, now.date()).filter(pk=wish.pk).exists():
        raise PermissionDenied
    if wish.state not in OPEN:
        return False
    if accepted and wish.kind == Kind.JOIN:
        joining.join_group(wish.member, wish.group, now)
    if accepted and wish.kind == Kind.CHAIR:
        person = _person_of(wish.member)
        wish.role = appoint(person, wish.group, Role.Title.CO_CHAIR, since=now.date())
        sync_rights(now.date())
    wish.state = State.ACCEPTED if accepted else State.DECLINED
    wish.answer, wish.answered_at, wish.reviewer = answer, now, by
    wish.save()
    outbox.send(mail.offer_answered(wish))
    return True


@transaction.atomic
def withdraw(wish: ExpressionOfInterest) -> bool:
    """Take an open offer back; ``False`` if it was answered before."""
    open_offer = ExpressionOfInterest.objects.filter(pk=wish.pk, state__in=OPEN)
    return bool(open_offer.update(state=State.WITHDRAWN))


def _person_of(member: Member) -> Person:
    """Return the person whom readers meet, made from the profile if there is none yet."""
    if member.person is None:
        person = getattr(member.user, "person", None)
        member.person = person or Person.objects.create(
            name=member.name,
            slug=free_slug(Person, member.name, fallback="member"),
            user=member.user,
            country=member.country,
            affiliation=member.affiliation,
        )
        member.save(update_fields=["person"])
    return member.person
