"""What the page of a workplan shows: its nine parts, and how the year went so far."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from pages.facts import Fact, stated
from pages.models import SitePage

# The page models call this module for their context, so the names in it are looked up late.
from . import models, rules, sections
from .listed import group_label

MEETING, WEBINAR = "group-meeting", "webinar"
TEXTS = (
    "background",
    "objective",
    "relevance",
    "knowledge_note",
    "sharing_note",
    "outreach_note",
    "funding_note",
)


@dataclass(frozen=True)
class Table:
    """What ``components/table.html`` shows."""

    caption: str
    columns: list[dict]
    rows: list[list]
    note: str = ""


def table(
    caption: str, columns: Sequence[dict], rows: Sequence[Sequence], note: str = ""
) -> Table | None:
    """Return a table without the columns that are empty in every row; none without rows."""
    if not rows:
        return None
    used = [place for place in range(len(columns)) if any(row[place] != "" for row in rows)]
    return Table(
        caption,
        [columns[place] for place in used],
        [[row[place] for place in used] for row in rows],
        note,
    )


def _column(label: str, *, numeric: bool = False) -> dict:
    return {"label": label, "numeric": numeric}


def of_plan(plan: models.WorkplanPage, today: datetime.date) -> dict:
    """Return the context of a workplan’s page."""
    done = _done(plan) if plan.group else []
    products = list(plan.products.all())
    meetings = list(plan.meetings.select_related("lead"))
    budget_lines = list(plan.budget_lines.all())
    over = plan.over_allocation()
    planned = [
        (_("Meetings"), len(meetings), lambda page: page.kind == MEETING),
        (_("Webinars"), plan.webinars_planned, lambda page: page.kind == WEBINAR),
        (_("Posts"), plan.posts_planned, lambda page: _entity(page) == "post"),
        (_("Products"), len(products), lambda page: _entity(page) == "product"),
    ]
    tables = {
        "gaps": _gaps(plan),
        "stakeholders": _stakeholders(plan),
        "products": _products(plan, products),
        "meetings": _meetings(plan, meetings, done, today),
        "outreach": _outreach(plan),
        "budget": _budget(budget_lines, plan.allocation),
    }
    return {
        **tables,
        "targets": _targets(
            planned, [page for page in done if page.date <= today], plan.year, today
        ),
        "over_allocation": money(over) if over else "",
        "facts": _facts(plan, today),
        "other_years": _other_years(plan) if plan.group else [],
        "is_empty": not any(tables.values()) and not any(getattr(plan, name) for name in TEXTS),
    }


def _facts(plan: models.WorkplanPage, today: datetime.date) -> list[Fact]:
    """Return the head of the plan: whose it is, for when, who led the group in that year."""
    first, last = rules.year_bounds(plan.year)
    states = {
        rules.YearState.COMING: _("For a coming year"),
        rules.YearState.RUNNING: _("In progress"),
        rules.YearState.OVER: _("The year is over"),
    }
    months = [date_format(day, "YEAR_MONTH_FORMAT") for day in (first, last)]
    group, label = plan.group, group_label(plan.group_id)
    met = date_format(group.formed_on, "DATE_FORMAT") if group and group.formed_on else ""
    return stated(
        Fact(_("Working group"), label.label, label.url, label.language) if label else None,
        Fact(_("Year"), " – ".join(months)),
        Fact(_("State"), states[rules.year_state(plan.year, today)]),
        Fact(_("First meeting"), met),
        Fact(_("Co-chairs"), entries=_co_chairs(group, first, last) if group else ()),
    )


def _co_chairs(
    group: models.WorkingGroupPage, first: datetime.date, last: datetime.date
) -> list[dict[str, str]]:
    """Return who led the group at some time between two days."""
    chairs = models.Role.objects.filter(
        group__in=sections.versions(group).values("pk"),
        title=models.Role.Title.CO_CHAIR,
        since__lte=last,
    ).exclude(until__lt=first)
    people = [role.person for role in chairs.select_related("person")]
    return [
        {"value": person.name, "url": person.get_absolute_url() if person.is_public else ""}
        for person in people
    ]


def money(amount: Decimal) -> str:
    """Return an amount as people write it: ``US$ 1,600``; cents only where there are some."""
    places = 0 if amount == amount.to_integral_value() else 2
    return f"US$ {number_format(amount, decimal_pos=places, force_grouping=True)}"


def _done(plan: models.WorkplanPage) -> list[SitePage]:
    """Return what the group has published and announced for the year, in one query."""
    within = {"date__range": rules.year_bounds(plan.year)}
    posts, products, events = (
        sections.work(plan.group, name).filter(**within) for name in ("blog", "knowledge", "events")
    )
    ids = _pks(posts).union(_pks(products), _pks(events.taking_place()))
    return list(SitePage.objects.filter(pk__in=ids).select_related("locale").order_by("date", "pk"))


def _pks(pages):
    return pages.order_by().values("pk")


def _entity(page: SitePage) -> str:
    return page.cached_content_type.model_class().entity


def _gaps(plan: models.WorkplanPage) -> Table | None:
    return table(
        _("Gaps that the group sees"),
        [
            _column(_("Gap")),
            _column(_("Kind")),
            _column(_("Why it persists")),
            _column(_("Who works on it")),
            _column(_("Priority")),
        ],
        [
            [
                row.gap,
                capfirst(row.get_kind_display()),
                row.drivers,
                row.who,
                str(row.priority),
            ]
            for row in sorted(plan.gaps.all(), key=lambda row: row.priority)
        ],
        note=_("1 is the highest priority."),
    )


def _stakeholders(plan: models.WorkplanPage) -> Table | None:
    return table(
        _("For whom the group works"),
        [_column(_("Who")), _column(_("Field")), _column(_("Institutions")), _column(_("Where"))],
        [
            [
                capfirst(row.get_kind_display()),
                _("Decentralization") if row.in_the_field else _("A neighboring field"),
                row.institutions,
                row.geography,
            ]
            for row in plan.stakeholders.all()
        ],
    )


def _products(plan: models.WorkplanPage, products: Sequence[models.PlannedProduct]) -> Table | None:
    return table(
        _("Planned knowledge products"),
        [
            _column(_("Title")),
            _column(_("Kind")),
            _column(_("Countries")),
            _column(_("Quarter")),
            _column(_("Lead")),
        ],
        [
            [row.title, row.kind, row.countries, _quarter(plan, row.quarter), row.lead]
            for row in products
        ],
    )


def _outreach(plan: models.WorkplanPage) -> Table | None:
    return table(
        _("Planned outreach, convening and field-building"),
        [_column(_("Activity")), _column(_("For whom")), _column(_("Quarter"))],
        [[row.activity, row.audience, _quarter(plan, row.quarter)] for row in plan.outreach.all()],
    )


def _quarter(plan: models.WorkplanPage, quarter: int | None) -> str:
    return rules.quarter_label(plan.year, quarter) if quarter else ""


def _meetings(
    plan: models.WorkplanPage,
    rows: Sequence[models.PlannedMeeting],
    done: Sequence[SitePage],
    today: datetime.date,
) -> Table | None:
    """Return the quarters of the year: what was planned, and what became of it."""
    planned = [rules.PlannedDate(row.quarter, row.tentative_on) for row in rows]
    real = {page.date: page for page in done if page.kind == MEETING}
    matched = rules.match_meetings(planned, list(real), plan.year)
    return table(
        _("Meetings by quarter"),
        [
            _column(_("Quarter")),
            _column(_("Tentative date")),
            _column(_("Chair or lead")),
            _column(_("Proposed topic")),
            _column(_("What became of it")),
        ],
        [
            [
                rules.quarter_label(plan.year, row.quarter),
                date_format(row.tentative_on, "DATE_FORMAT") if row.tentative_on else "",
                row.lead.name if row.lead else "",
                row.topic,
                _outcome(rules.meeting_state(meeting, day, plan.year, today), real.get(day)),
            ]
            for row, meeting, day in zip(rows, planned, matched, strict=True)
        ],
    )


def _outcome(state: rules.MeetingState, page: SitePage | None) -> str | SafeString:
    words = {
        rules.MeetingState.HELD: _("Held on"),
        rules.MeetingState.ANNOUNCED: _("Announced for"),
        rules.MeetingState.PLANNED: _("Planned, not announced yet"),
        rules.MeetingState.DATE_OPEN: _("Date not set"),
        rules.MeetingState.LATE: _("Late: the date has passed"),
        rules.MeetingState.NOT_HELD: _("Not held"),
    }
    if page is None:
        return words[state]
    day = date_format(page.date, "DATE_FORMAT")
    return format_html('{} <a href="{}">{}</a>', words[state], page.get_url() or "", day)


def _targets(
    planned: Sequence[tuple[str, int | None, Callable[[SitePage], bool]]],
    done: Sequence[SitePage],
    year: int,
    today: datetime.date,
) -> Table | None:
    """Return what the year was to bring beside what it has brought, in words.

    ``planned`` tells what, how many, and which of the pages count.
    """
    pairs = [(what, number, sum(map(counts, done))) for what, number, counts in planned]
    words = {
        rules.Progress.NOT_STARTED: _("Not started"),
        rules.Progress.ON_TRACK: _("On track"),
        rules.Progress.LATE: _("Late"),
        rules.Progress.DONE: _("Done"),
        rules.Progress.MISSED: _("Not reached"),
    }
    return table(
        _("Planned and done"),
        [
            _column(_("What")),
            _column(_("Planned"), numeric=True),
            _column(_("So far"), numeric=True),
            _column(_("State")),
        ],
        [
            [what, str(number), str(real), words[rules.progress(number, real, year, today)]]
            for what, number, real in pairs
            if number
        ],
    )


def _budget(lines: Sequence[models.BudgetLine], allocation: Decimal | None) -> Table | None:
    if not lines:
        return None
    rows = [
        [
            line.line,
            capfirst(line.get_area_display()),
            money(line.amount),
            _("Allocation") if line.from_allocation else _("Other sources"),
        ]
        for line in lines
    ]
    from_allocation = sum((line.amount for line in lines if line.from_allocation), Decimal(0))
    everything = sum((line.amount for line in lines), Decimal(0))
    total = [[_("Total"), "", money(everything), ""]]
    if from_allocation != everything:
        total.append([_("Of this from the allocation"), "", money(from_allocation), ""])
    if allocation is not None:
        total.append([_("Allocation for the year"), "", money(allocation), ""])
    return table(
        _("Proposed spending"),
        [
            _column(_("What for")),
            _column(_("Part of the plan")),
            _column(_("Amount"), numeric=True),
            _column(_("Paid from")),
        ],
        [*rows, *total],
    )


def _other_years(plan: models.WorkplanPage) -> list[dict[str, str]]:
    """Return the plans of other years as links, the newest first."""
    plans = sections.work(plan.group, "workplans").exclude(year=plan.year)
    return [
        {"label": other.year_label, "url": other.get_url() or "", "language": ""}
        for other in plans.select_related("locale").order_by("-year")
    ]
