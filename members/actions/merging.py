"""Two members become one: nothing that hangs on either is lost, and nothing is there twice.

The member whose address was chosen stays; the other is taken away after everything was moved. What
refers to the other’s membership, contact or account is found through the models themselves, so a
table that comes later is moved too. Where both have the same (a place in one group, a wish about
one topic), that of the member who stays counts.
"""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import replace

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import ForeignKey, ForeignObjectRel, Model
from django.utils.translation import gettext as _

from mail import outbox
from mail.contacts import address_digest
from mail.models import Contact, Delivery, DeliveryState, Suppression
from members import mail
from members.models import (
    Application,
    ExpressionOfInterest,
    FormerAddress,
    Member,
    TwoPeople,
)
from people.models import Person

FIELDS = ("name", "country", "affiliation", "position", "about", "photo", "level")
MANY = ("regions", "themes", "sectors")
# Ways into an account, and what belongs to one log-in alone: they end with it.
NOT_MOVED = frozenset(
    {
        *("account.emailaddress", "mfa.authenticator", "usersessions.usersession"),
        *("wagtailusers.userprofile", "members.member", "members.twopeople", "mail.contact"),
        *("wagtailcore.apitoken", "wagtailadmin.editingsession", "wagtailadmin.formstate"),
        "people.person",
    }
)
# What one person has once, so that the row of who goes says nothing more.
SAID_TWICE = frozenset(
    {
        *("members.groupmembership", "members.affiliation", "mail.subscription"),
        "wagtailcore.pagesubscription",
    }
)
WAITING = (DeliveryState.QUEUED, DeliveryState.LEASED)


@transaction.atomic
def merge(
    stays: int,
    goes: int,
    chosen: Mapping[str, str],
    *,
    by: AbstractBaseUser,
    now: datetime.datetime,
) -> Member:
    """Make one member of two, as ``unite`` does, and tell them."""
    kept = unite(stays, goes, chosen, by=by, now=now)
    tell(kept, goes)
    return kept


@transaction.atomic
def unite(
    stays: int,
    goes: int,
    chosen: Mapping[str, str],
    *,
    by: AbstractBaseUser,
    now: datetime.datetime,
) -> Member:
    """Make one member of two and return it; ``chosen`` names the fields to take of who goes.

    Raises ``ValidationError`` where that cannot be: somebody was merged or leaves meanwhile, or
    the account that would end has rights in the admin. Of two merges at once the second sees that.
    """
    if stays == goes:
        raise ValidationError(_("Choose two members."))
    rows = Member.objects.select_for_update(of=("self",)).select_related("user", "contact")
    found = rows.filter(pk__in=(stays, goes)).order_by("pk").in_bulk()
    if len(found) < 2:
        raise ValidationError(_("One of the two is no member any more."))
    kept, other = found[stays], found[goes]
    _refuse(kept, other)
    _take_fields(kept, other, chosen)
    _move_everything(kept, other)
    _settle_contacts(kept, other, by, now)
    _take_away(kept, other)
    return kept


def tell(kept: Member, gone: int, new_email: str = "") -> None:
    """Tell a member whose address was confirmed that they are one now.

    ``new_email`` is the address with which they log in from this moment on, if it changes.
    """
    if kept.contact.state == Contact.State.OK:
        key = f"merged:{kept.pk}:{gone}"
        message = mail.two_are_one(kept, new_email or kept.user.email, key)
        outbox.send(replace(message, recipient=new_email or message.recipient))


@transaction.atomic
def tell_apart(one: Member, other: Member) -> None:
    """Write down that two members are two people; they are not suggested again."""
    first, second = sorted((one, other), key=lambda member: member.pk)
    TwoPeople.objects.get_or_create(one=first, other=second)


def _refuse(kept: Member, other: Member) -> None:
    if Member.State.LEAVING in (kept.state, other.state):
        raise ValidationError(_("One of the two has asked to be erased."))
    if other.contact.state == Contact.State.OK != kept.contact.state:
        raise ValidationError(_("Keep the address that was confirmed."))
    if len({_person(kept), _person(other)} - {None}) == 2:
        raise ValidationError(_("Both have an entry under People. Delete one of the two first."))
    user = other.user
    if user.is_superuser or user.is_staff or user.groups.exists():
        raise ValidationError(
            _("The account of %(name)s has rights in the admin. Keep that address.")
            % {"name": other.name}
        )


def _take_fields(kept: Member, other: Member, chosen: Mapping[str, str]) -> None:
    """Take the chosen fields, and every other that is empty."""
    for name in FIELDS:
        theirs = getattr(other, name)
        if chosen.get(name) == "other" or not getattr(kept, name):
            setattr(kept, name, theirs)
    kept.joined_at = min(kept.joined_at, other.joined_at)
    person, other.person = _person(kept) or _person(other), None
    other.save(update_fields=["person"])
    kept.person = person
    kept.save()
    if person is not None:
        person.user = kept.user
        person.save(update_fields=["user"])
    kept.user.name = kept.contact.name = kept.name
    kept.user.save(update_fields=["name"])
    for name in MANY:
        getattr(kept, name).add(*getattr(other, name).all())


def _person(member: Member) -> Person | None:
    return member.person or getattr(member.user, "person", None)


def _move_everything(kept: Member, other: Member) -> None:
    pairs = [(kept, other), (kept.contact, other.contact), (kept.user, other.user)]
    for mine, theirs in pairs:
        move_references(mine, theirs)


def move_references(mine: Model, theirs: Model) -> None:
    """Let everything that refers to one row refer to the other."""
    for relation in _relations(type(mine)):
        _move(relation, mine, theirs)


def _relations(model: type[Model]) -> Iterable[ForeignObjectRel]:
    """Return what refers to rows of a model with a column of its own."""
    for relation in model._meta.get_fields(include_hidden=True):
        if not isinstance(relation, ForeignObjectRel) or relation.many_to_many:
            continue
        holder = relation.related_model
        is_link = holder._meta.auto_created and holder._meta.auto_created is not True
        label = holder._meta.label_lower
        if isinstance(relation.field, ForeignKey) and not is_link and label not in NOT_MOVED:
            yield relation


def _move(relation: ForeignObjectRel, mine: Model, theirs: Model) -> None:
    """Let rows refer to who stays, one by one where some of them are there already."""
    rows = relation.related_model._base_manager.filter(**{relation.field.name: theirs})
    changed = {relation.field.name: mine}
    try:
        with transaction.atomic():
            rows.update(**changed)
    except IntegrityError:
        for pk in list(rows.values_list("pk", flat=True)):
            _move_one(relation, pk, changed)


def _move_one(relation: ForeignObjectRel, pk: object, changed: Mapping[str, Model]) -> None:
    model = relation.related_model
    row = model._base_manager.filter(pk=pk)
    try:
        with transaction.atomic():
            row.update(**changed)
    except IntegrityError as error:  # who stays has the same
        if model._meta.label_lower in SAID_TWICE:
            row.delete()
        elif model in (ExpressionOfInterest, Application):
            row.update(state="withdrawn", **changed)
        else:
            what = str(model._meta.verbose_name)
            raise ValidationError(
                _("Both have the same: %(what)s. End one of the two first.") % {"what": what}
            ) from error


def _settle_contacts(
    kept: Member, other: Member, by: AbstractBaseUser, now: datetime.datetime
) -> None:
    """Send what waits to the address that stays; know the other one by its hash only.

    Nobody is written to who does not want it: if either address complained, the one that stays is
    as silent as before, and wishes that were moved stay wishes.
    """
    gone = other.contact
    waiting = Delivery.objects.filter(contact=kept.contact, state__in=WAITING)
    waiting.filter(recipient__iexact=gone.email).update(recipient=kept.contact.email)
    FormerAddress.objects.create(member=kept, digest=address_digest(gone.address), by=by, at=now)
    reasons = (Suppression.Reason.COMPLAINED, Suppression.Reason.ASKED)
    if Suppression.objects.filter(digest=address_digest(gone.address), reason__in=reasons).exists():
        kept.contact.subscriptions.update(cadence="off", changed_at=now, source="merge")
    kept.contact.save(update_fields=["name"])


def _take_away(kept: Member, other: Member) -> None:
    contact, user = other.contact, other.user
    other.delete()
    Contact.objects.filter(pk=contact.pk).delete()
    user.delete()
    kept.refresh_from_db()
