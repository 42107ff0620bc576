"""What a group’s page and the list of groups show beside their own text.

Everything here is read with a number of queries that does not depend on how much a group has
done, and is remembered until the content changes.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from accounts.preferences import reader_zone
from pages import card_lists
from pages.card_lists import whole
from pages.cards import Surroundings
from pages.metadata import absolute
from pages.models import SitePage
from pages.places import join_url, places
from pages.portraits import PersonLine, person_line
from pages.remembered import remembered
from pages.subscribing import Subscription, subscription

# The page models call this module for their context, so the names in it are looked up late.
from . import models, rules
from .listed import ListedGroup, listed_groups, open_groups
from .querysets import WorkingGroupQuerySet

NEWEST = 5
MEETING = "group-meeting"
OFF = {"cancelled", "postponed"}


@dataclass(frozen=True)
class Leaders:
    """Who leads a group, who did, and how far the search for co-chairs has come."""

    state: rules.Leadership
    in_office: list[PersonLine]
    former: list[PersonLine]
    co_chairs: int
    has_coordinator: bool


@dataclass(frozen=True)
class Tile:
    """One group among its equals, for ``components/tile.html``."""

    url: str
    title: str
    slug: str
    language: str
    kind_label: str
    text: str
    status: str
    status_label: str
    note: str = ""
    short_name: str = ""
    key: str = ""


@dataclass(frozen=True)
class Meeting:
    """The meeting that matters most now: the next one, or else the last one.

    ``line`` is what ``components/event_line.html`` shows of it, ``state`` how it stands now.
    """

    line: object
    state: object
    is_ahead: bool
    is_off: bool
    label: str
    note: str
    held_on: datetime.date | None
    action: dict[str, str]
    links: list[dict[str, str]]


def of_all_groups(today: datetime.date) -> dict:
    """Return the context of the list of groups."""
    known = places()
    ways = [
        (_("How to start or join a group"), known.get("start-or-join-a-group")),
        (_("Become a member"), known.get("membership")),
        (_("How groups work"), known.get("resources-for-co-chairs-and-members")),
        (_("Contact"), known.get("contact")),
    ]
    links = [{"label": label, "url": url} for label, url in ways if url]
    return {
        "groups": remembered(f"groups:{today}", lambda: tiles(today)),
        "start": links[0] if links else None,
        "more": links[1:],
    }


def of_group(group: models.WorkingGroupPage, now: datetime.datetime, request: HttpRequest) -> dict:
    """Return the context of a group’s page."""
    time_zone = reader_zone(request)
    today = now.date()
    name = f"group:{group.translation_key}:{today}"
    key = str(group.translation_key)
    others = [each for each in open_groups() if each.key != key]
    slug = next((each.slug for each in listed_groups() if each.key == key), group.slug)
    return {
        "meeting": remembered(
            f"{name}:meeting:{time_zone}", lambda: meeting(group, now, time_zone)
        ),
        "leaders": remembered(f"{name}:leaders", lambda: leaders(group, today)),
        "lists": card_lists.lists(f"{name}:lists", lambda: lists(group, now), request),
        "others": others,
        "slug": slug,
        "in_this_group": [{"name": "group", "value": slug}],
        "places": places(),
        "addresses": addresses(group, slug),
        "subscription": None if group.is_archived else meetings_to_follow(group, slug, request),
    }


def meetings_to_follow(
    group: models.WorkingGroupPage, slug: str, request: HttpRequest
) -> Subscription:
    """Return the ways to follow the group’s meetings in one’s own calendar."""
    feed = f"{reverse('event_feed', args=['ics'])}?{urlencode({'group': slug})}"
    return subscription(absolute(request, feed), group.title)


def addresses(group: models.WorkingGroupPage, slug: str) -> dict:
    """Return where a group’s page sends its readers: to lists of its own, to its mailbox."""
    found = {
        name: f"{places()[name]}?group={slug}"
        for name in ("blog", "events", "library")
        if name in places()
    }
    found["start"] = places().get("start-or-join-a-group", "")
    if group.contact_email:
        subject = quote(_("Topic for the group: %(name)s") % {"name": group.title})
        found["write"] = {
            "label": _("Write to the group"),
            "url": f"mailto:{group.contact_email}?subject={subject}",
        }
    found["join"] = [{"label": _("Join the Alliance"), "url": join_url()}]
    return found


def versions(group: models.WorkingGroupPage) -> WorkingGroupQuerySet:
    """Return the group in all its languages: work and offices belong to any of them."""
    return models.WorkingGroupPage.objects.filter(translation_key=group.translation_key)


def work(group: models.WorkingGroupPage, name: str):
    """Return what belongs to the group in the app ``name``, as readers of the language see it."""
    return model_of(name).objects.for_reader_now().filter(group__in=versions(group).values("pk"))


def model_of(name: str):
    """Return the model that groups reach under a reverse name: events, blog, knowledge."""
    return models.WorkingGroupPage._meta.get_field(name).related_model


def lists(group: models.WorkingGroupPage, now: datetime.datetime) -> dict[str, list[SitePage]]:
    """Return the newest pages of each type that belong to the group, by ``entity``."""
    every_version = versions(group).values("pk")
    products = model_of("shared_knowledge").objects.for_reader_now().current()
    own_or_shared = Q(group__in=every_version) | Q(pk__in=_shared(group, every_version))
    projects = model_of("projects").objects.for_reader_now()
    return {
        "post": whole(work(group, "blog").newest(), NEWEST),
        "product": whole(products.filter(own_or_shared).newest(), NEWEST),
        "event": whole(work(group, "events").past(now), NEWEST),
        "workplan": whole(work(group, "workplans").newest(), NEWEST),
        "project": whole(projects.filter(groups__in=every_version).newest(), NEWEST),
    }


def _shared(group: models.WorkingGroupPage, every_version):
    """Return a subquery of the products that other groups share with this one."""
    through = model_of("shared_knowledge").other_groups.through
    return through.objects.filter(workinggrouppage__in=every_version).values("resourcepage")


def meeting(
    group: models.WorkingGroupPage, now: datetime.datetime, time_zone: datetime.tzinfo | None
) -> Meeting | None:
    """Return the next event of the group, or the last one when none is planned."""
    events = work(group, "events")
    events = events.select_related(*events.model.card_related)
    ahead = list(events.upcoming(now)[:4])
    event = next((event for event in ahead if event.status not in OFF), None)
    event = event or next(iter(ahead), None) or events.past(now).taking_place().first()
    if event is None:
        return None
    is_ahead = event in ahead
    return Meeting(
        line=event.card_context(Surroundings(time_zone)).get("event"),
        state=event.state_at(now),
        is_ahead=is_ahead,
        is_off=event.status in OFF,
        label=_label(event, group),
        note=event.status_note,
        held_on=event.date,
        action={"label": _("How to take part"), "url": event.get_url() or ""},
        links=_links(event, is_ahead),
    )


def _label(event, group: models.WorkingGroupPage) -> str:
    """Return what the box calls the event; a group that is being formed has its first meeting."""
    if event.kind != MEETING:
        return _("Next event")
    return _("First meeting") if group.is_forming else _("Next meeting")


def _links(event, is_ahead: bool) -> list[dict[str, str]]:
    """Return what else one can do with the event: keep its date, or watch what was missed."""
    if is_ahead:
        return [{"label": _("Add to calendar"), "url": reverse("event_ics", args=[event.pk])}]
    if event.recording_url:
        return [{"label": _("Watch the last recording"), "url": event.get_url() or ""}]
    return [{"label": _("See the last one"), "url": event.get_url() or ""}]


def leaders(group: models.WorkingGroupPage, today: datetime.date) -> Leaders:
    """Return the people in office and their predecessors, with years."""
    roles = list(
        models.Role.objects.filter(group__in=versions(group).values("pk"))
        .exclude(title=models.Role.Title.CORE_MEMBER)
        .select_related("person__photo", "person__country", "person__organisation")
        .prefetch_related("person__photo__renditions")
        .order_by("since", "pk")
    )
    in_office = [role for role in roles if role.is_held(today)]
    # Co-chairs before the coordinator, each in the order in which they came.
    in_office.sort(key=lambda role: role.title != models.Role.Title.CO_CHAIR)
    titles = Counter(role.title for role in in_office)
    former = [role for role in roles if role.until and role.until < today]
    return Leaders(
        state=rules.leadership(titles[models.Role.Title.CO_CHAIR]),
        in_office=_lines(in_office),
        former=_lines(former, with_years=True),
        co_chairs=titles[models.Role.Title.CO_CHAIR],
        has_coordinator=bool(titles[models.Role.Title.COORDINATOR]),
    )


def _lines(roles: Iterable[models.Role], *, with_years: bool = False) -> list[PersonLine]:
    """Return one line for each person, with all offices that the roles give them."""
    offices: dict[int, list[models.Role]] = {}
    for role in roles:
        offices.setdefault(role.person_id, []).append(role)
    return [
        person_line(
            held[0].person,
            role=capfirst(_(" and ").join(role.get_title_display() for role in held)),
            years=held[0].years_label if with_years else "",
        )
        for held in offices.values()
    ]


def tiles(today: datetime.date) -> dict[str, list[Tile]]:
    """Return all groups in the reader’s language: ``regional``, ``thematic`` and ``archived``."""
    chairs = Counter(
        models.Role.objects.in_office(today)
        .filter(title=models.Role.Title.CO_CHAIR)
        .values_list("group_id", flat=True)
    )
    sorted_groups: dict[str, list[Tile]] = {"regional": [], "thematic": [], "archived": []}
    for group in listed_groups():
        part = "archived" if group.is_archived else group.scope
        co_chairs = sum(chairs[pk] for pk in group.pks)
        sorted_groups[part].append(_tile(group, rules.leadership(co_chairs)))
    return sorted_groups


def _tile(group: ListedGroup, leadership: rules.Leadership) -> Tile:
    notes = {
        rules.Leadership.SEEKING: _("Looking for co-chairs"),
        rules.Leadership.SEEKING_MORE: _("One co-chair, more are welcome"),
        rules.Leadership.COMPLETE: "",
    }
    return Tile(
        url=group.url,
        title=group.title,
        slug=group.slug,
        language=group.language,
        kind_label="",
        text=group.summary,
        status=group.status,
        status_label=group.status_words,
        note="" if group.is_archived else notes[leadership],
        short_name=group.short_name,
        key=group.key,
    )
