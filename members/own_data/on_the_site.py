"""What a member is and did on the site itself: as a person readers meet, and in the admin."""

from itertools import chain
from typing import Any

from django.contrib.auth.models import AbstractBaseUser
from wagtail.models import Comment, CommentReply, ModelLogEntry, PageLogEntry, PageSubscription
from wagtail.users.models import UserProfile

from events.models import AgendaItem, Speaker
from members.models import Member
from people.models import Person
from working_groups.models import PlannedMeeting, Role


def collected(member: Member) -> dict[str, Any]:
    """Return what the site shows of a member, and what they did in the admin."""
    person = member.person or getattr(member.user, "person", None)
    return {
        "on_the_site": _person(person) if person else {},
        "preferences_in_admin": list(
            UserProfile.objects.filter(user=member.user).values(
                *("preferred_language", "current_time_zone", "submitted_notifications"),
                *("approved_notifications", "rejected_notifications", "theme", "density"),
            )
        ),
        "work_in_admin": _work(member.user),
        "comments": _comments(member.user),
        "pages_watched": list(
            PageSubscription.objects.filter(user=member.user).values("page__title")
        ),
    }


def _person(person: Person) -> dict[str, Any]:
    terms = ("since", "until")
    return {
        **{
            name: getattr(person, name)
            for name in ("name", "name_latin", "email", "affiliation", "url", "is_public")
        },
        "country": person.country.slug if person.country else "",
        "organisation": person.organisation.name if person.organisation else "",
        "biographies": list(person.biographies.values("language", "text")),
        "seats": list(person.seats.values("board", "office", *terms)),
        "roles": list(Role.objects.filter(person=person).values("group__title", "title", *terms)),
        "wrote": list(person.authored.values_list("page__title", flat=True)),
        "speaks_at": list(
            Speaker.objects.filter(person=person).values_list("event__title", flat=True)
        ),
        "on_the_agenda": list(
            AgendaItem.objects.filter(person=person).values_list("title", flat=True)
        ),
        "leads_meetings": list(
            PlannedMeeting.objects.filter(lead=person).values_list("topic", flat=True)
        ),
    }


def _work(user: AbstractBaseUser) -> list[dict]:
    logs = (PageLogEntry.objects.filter(user=user.pk), ModelLogEntry.objects.filter(user=user.pk))
    rows = chain.from_iterable(log.values("label", "action", "timestamp") for log in logs)
    return sorted(rows, key=lambda row: row["timestamp"])


def _comments(user: AbstractBaseUser) -> list[dict]:
    written = (Comment.objects.filter(user=user), CommentReply.objects.filter(user=user))
    return list(chain.from_iterable(rows.values("text", "created_at") for rows in written))
