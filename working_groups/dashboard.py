"""What an editor sees first in the admin: what comes next and what waits, for whom."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.ui.components import Component
from wagtail.models import Page, TaskState, WorkflowState

from . import rules
from .access import is_secretariat
from .models import Role, WorkingGroupPage, WorkplanPage
from .sections import model_of

MOST_ROWS = 20
LOOK_AHEAD = datetime.timedelta(days=14)
LOOK_BACK = datetime.timedelta(days=120)
UNDECIDED_RECORDINGS = ("", "processing")


@dataclass(frozen=True)
class PlanLine:
    """One line of plan against reality."""

    label: str
    planned: int
    actual: int

    @property
    def is_reached(self) -> bool:
        """As much was done as was planned for the whole year."""
        return self.actual >= self.planned


@dataclass
class GroupOverview:
    """One group as its co-chairs see it."""

    group: WorkingGroupPage
    next_meeting: Page | None = None
    drafts: list[Page] = field(default_factory=list)
    with_secretariat: list[Page] = field(default_factory=list)
    with_me: list[Page] = field(default_factory=list)
    recordings_missing: int = 0
    workplan: WorkplanPage | None = None
    plan: list[PlanLine] = field(default_factory=list)

    @property
    def add_post_url(self) -> str:
        return add_url("blog", self.group)

    @property
    def add_meeting_url(self) -> str:
        return add_url("events", self.group)

    @property
    def recordings_url(self) -> str:
        return reverse("missing_recordings", args=[self.group.pk])


def add_url(name: str, group: WorkingGroupPage) -> str:
    """Return the screen on which a new page of this kind is written below the group."""
    options = model_of(name)._meta
    return reverse("wagtailadmin_pages:add", args=[options.app_label, options.model_name, group.pk])


# Co-chairs -------------------------------------------------------------------------------------


def groups_of(user, on: datetime.date) -> list[WorkingGroupPage]:
    """Return the groups in which this person holds an office that lets them edit."""
    roles = (
        Role.objects.in_office(on)
        .filter(person__user=user, title__in=rules.EDITING_TITLES)
        .select_related("group")
    )
    return list({role.group_id: role.group for role in roles}.values())


def overviews(groups: Sequence[WorkingGroupPage], now: datetime.datetime) -> list[GroupOverview]:
    """Return what there is to say about each group, in as many queries for ten as for one."""
    found = {group.pk: GroupOverview(group) for group in groups}
    if found:
        _add_next_meetings(found, now)
        _add_unfinished_pages(found)
        _add_missing_recordings(found, now)
        _add_plans(found, now)
    return list(found.values())


def _add_next_meetings(found: dict[int, GroupOverview], now: datetime.datetime) -> None:
    events = model_of("events").objects.live().filter(group__in=found).taking_place().upcoming(now)
    for event in events.defer_streamfields():
        overview = found[event.group_id]
        overview.next_meeting = overview.next_meeting or event


def _add_unfinished_pages(found: dict[int, GroupOverview]) -> None:
    pages = list(
        Page.objects.filter(_below(overview.group for overview in found.values()))
        .filter(Q(live=False) | Q(has_unpublished_changes=True), expired=False)
        .order_by("-latest_revision_created_at")[: MOST_ROWS * len(found)]
    )
    states = active_states(pages)
    for page in pages:
        overview = next(o for o in found.values() if page.path.startswith(o.group.path))
        state = states.get(page.pk)
        if state is None:
            overview.drafts.append(page)
        elif state == WorkflowState.STATUS_NEEDS_CHANGES:
            overview.with_me.append(page)
        else:
            overview.with_secretariat.append(page)


def _below(groups: Iterable[WorkingGroupPage]) -> Q:
    clause = Q(pk__in=[])
    for group in groups:
        clause |= Q(path__startswith=group.path)
    return clause


def active_states(pages: Iterable[Page]) -> dict[int, str]:
    """Return the state of each page that is in approval or was sent back."""
    rows = WorkflowState.objects.active().filter(
        base_content_type=ContentType.objects.get_for_model(Page),
        object_id__in=[str(page.pk) for page in pages],
    )
    return {int(pk): status for pk, status in rows.values_list("object_id", "status")}


def without_recording(now: datetime.datetime):
    """Return meetings that were held and about whose recording nobody has decided."""
    return (
        model_of("events")
        .objects.live()
        .taking_place()
        .filter(recording__in=UNDECIDED_RECORDINGS, recording_url="")
        .past(now)
        .defer_streamfields()
    )


def _add_missing_recordings(found: dict[int, GroupOverview], now: datetime.datetime) -> None:
    recent = without_recording(now).filter(group__in=found, ends_at__gte=now - LOOK_BACK)
    for group_id in recent.values_list("group_id", flat=True):
        found[group_id].recordings_missing += 1


def _add_plans(found: dict[int, GroupOverview], now: datetime.datetime) -> None:
    today = now.date()
    year = rules.workplan_year_of(today)
    first, last = rules.year_bounds(year)
    plans = WorkplanPage.objects.filter(group__in=found, year=year).prefetch_related(
        "meetings", "products"
    )
    done = _done_in(first, min(last, today), found)
    for plan in plans:
        overview, counts = found[plan.group_id], done[plan.group_id]
        overview.workplan = plan
        lines = [
            PlanLine(_("meetings"), len(plan.meetings.all()), counts["meetings"]),
            PlanLine(_("posts"), plan.posts_planned or 0, counts["posts"]),
            PlanLine(_("webinars"), plan.webinars_planned or 0, counts["webinars"]),
            PlanLine(_("products"), len(plan.products.all()), counts["products"]),
        ]
        overview.plan = [line for line in lines if line.planned]


def _done_in(first: datetime.date, last: datetime.date, groups: Iterable[int]) -> dict:
    """Return what each group has done between two days: ``{group id: {what: how many}}``."""
    done: dict = defaultdict(lambda: defaultdict(int))
    span = {"group__in": groups, "date__range": (first, last)}
    held = model_of("events").objects.live().taking_place().filter(**span)
    for group_id, kind in held.values_list("group_id", "kind"):
        done[group_id]["webinars" if kind == "webinar" else "meetings"] += 1
    for name, what in (("blog", "posts"), ("knowledge", "products")):
        for group_id in (
            model_of(name).objects.live().filter(**span).values_list("group_id", flat=True)
        ):
            done[group_id][what] += 1
    return done


class MyGroupPanel(Component):
    """“My group”: one block for each group in which the person is in office."""

    name = "my_group"
    order = 50
    template_name = "working_groups/admin/my_group.html"

    def __init__(self, groups: Sequence[WorkingGroupPage]):
        self.groups = groups

    def get_context_data(self, parent_context) -> dict:
        context = super().get_context_data(parent_context)
        return context | {"overviews": overviews(self.groups, timezone.now())}


# The secretariat -------------------------------------------------------------------------------


def waiting_for_approval() -> list[dict]:
    """Return the pages that wait for somebody’s decision, the longest wait first."""
    rows = (
        TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS,
            workflow_state__base_content_type=ContentType.objects.get_for_model(Page),
        )
        .select_related("workflow_state__requested_by")
        .order_by("started_at")[:MOST_ROWS]
    )
    states = list(rows)
    pages = Page.objects.in_bulk([int(state.workflow_state.object_id) for state in states])
    return [
        {
            "page": pages[int(state.workflow_state.object_id)],
            "by": state.workflow_state.requested_by,
            "since": state.started_at,
            "task_id": state.task_id,
        }
        for state in states
        if int(state.workflow_state.object_id) in pages
    ]


def groups_without_co_chair(on: datetime.date):
    """Return open groups that nobody leads on this day."""
    in_office = Role.objects.in_office(on).filter(group=OuterRef("pk"), title=Role.Title.CO_CHAIR)
    return (
        WorkingGroupPage.objects.open()
        .filter(~Exists(in_office), locale__language_code=settings.LANGUAGE_CODE)
        .order_by("path")
    )


class SecretariatPanel(Component):
    """What the secretariat should know today."""

    name = "secretariat"
    order = 60
    template_name = "working_groups/admin/secretariat.html"

    def get_context_data(self, parent_context) -> dict:
        context = super().get_context_data(parent_context)
        now = timezone.now()
        soon = model_of("events").objects.live().taking_place().upcoming(now)
        return context | {
            "waiting": waiting_for_approval(),
            "leaderless": groups_without_co_chair(timezone.localdate())[:MOST_ROWS],
            "meetings": soon.filter(starts_at__lte=now + LOOK_AHEAD)
            .select_related("group")
            .defer_streamfields()[:MOST_ROWS],
            "recordings": without_recording(now)
            .filter(ends_at__gte=now - LOOK_BACK)
            .select_related("group")[:MOST_ROWS],
        }


REPLACED_PANELS = frozenset({"workflow_objects_to_moderate", "user_objects_in_workflow_moderation"})


def arrange_panels(request, panels: list) -> None:
    """Put our panels first and drop those of Wagtail that would say the same again."""
    user = request.user
    ours = []
    if groups := groups_of(user, timezone.localdate()):
        ours.append(MyGroupPanel(groups))
    if is_secretariat(user):
        ours.append(SecretariatPanel())
    if ours:
        panels[:] = [panel for panel in panels if panel.name not in REPLACED_PANELS]
    panels.extend(ours)
