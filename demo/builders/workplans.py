"""Workplans in their three states: published, waiting for approval, begun."""

import datetime

from demo.loader import Loader, submit
from taxonomy.models import Country
from working_groups.models import (
    BudgetLine,
    KnowledgeGap,
    OutreachActivity,
    PlannedMeeting,
    PlannedProduct,
    Stakeholder,
    WorkplanPage,
)
from working_groups.rules import workplan_year

STAKEHOLDERS = {
    "central-government": Stakeholder.Kind.CENTRAL,
    "local-government": Stakeholder.Kind.LOCAL,
    "research": Stakeholder.Kind.RESEARCH,
    "civil-society": Stakeholder.Kind.CIVIL_SOCIETY,
    "development-partner": Stakeholder.Kind.PARTNERS,
}
# A workplan is adopted within the first weeks of its year, which begins in July.
ADOPTED_ON = (7, 20)


def plant(loader: Loader) -> None:
    """Make the workplans’ pages below their groups."""
    for item in loader.outline["workplans"]:
        year = loader.calendar.workplan_year(int(item["year"][:4]))
        label = workplan_year(year)
        page = WorkplanPage(
            title=f"Workplan {label}",
            slug=f"workplan-{label.replace('–', '-')}",
            summary=f"What the group plans from July {year} to June {year + 1}.",
            year=year,
            allocation=item["allocation"],
        )
        loader.plant(item["id"], loader.pages[item["group"]], page)


def write(loader: Loader) -> None:
    """Fill in the nine sections and bring each workplan into its state."""
    texts = loader.texts("")["workplans"].front
    for item, page in loader.fresh(loader.outline["workplans"]):
        _fill(page, item, texts[item["id"]], loader)
        if item["state"] == "published":
            loader.publish(page, datetime.date(page.year, *ADOPTED_ON))
        elif item["state"] == "submitted":
            submit(page, loader.people[item["author"]].user)
        else:
            page.save()
            page.save_revision()


def _fill(page: WorkplanPage, item: dict, words: dict, loader: Loader) -> None:
    page.background = _joined(loader, words["background"], _bullets(words["partners"]))
    page.objective = _joined(loader, words["objective"])
    page.relevance = _joined(loader, words["relevance"], words["gaps_note"])
    page.knowledge_note = _joined(loader, words["knowledge_note"])
    page.sharing_note = _joined(loader, words["sharing_note"], _bullets(words["webinar_topics"]))
    page.outreach_note = _joined(loader, words["outreach_note"])
    page.funding_note = _joined(
        loader,
        *(words[f"{part}_funding"] for part in ("knowledge", "sharing", "outreach")),
        words["budget_note"],
    )
    page.posts_planned = item["targets"]["blog_posts"]
    page.webinars_planned = item["targets"]["webinars"]
    page.gaps = [KnowledgeGap(**gap, sort_order=place) for place, gap in enumerate(words["gaps"])]
    page.stakeholders = [
        Stakeholder(
            kind=STAKEHOLDERS[row["stakeholder"]],
            in_the_field=row["inside"],
            institutions=row["institutions"],
            geography=row["geography"],
            sort_order=place,
        )
        for place, row in enumerate(words["audience"])
    ]
    page.products = [_product(row, place, loader) for place, row in enumerate(words["products"])]
    page.meetings = [_meeting(row, place, loader) for place, row in enumerate(item["quarters"])]
    page.outreach = [
        OutreachActivity(**row | {"quarter": _quarter(row["quarter"])}, sort_order=place)
        for place, row in enumerate(words["outreach"])
    ]
    page.budget_lines = [
        BudgetLine(**row, sort_order=place) for place, row in enumerate(words["budget"])
    ]


def _product(row: dict, place: int, loader: Loader) -> PlannedProduct:
    countries = Country.objects.filter(code__in=row["countries"])
    return PlannedProduct(
        kind=row["kind"].replace("-", " "),
        title=row["title"],
        countries=", ".join(country.name for country in countries),
        quarter=_quarter(row["quarter"]),
        lead=loader.people[row["lead"]].name,
        sort_order=place,
    )


def _meeting(row: dict, place: int, loader: Loader) -> PlannedMeeting:
    return PlannedMeeting(
        quarter=_quarter(row["label"]),
        tentative_on=loader.calendar.workplan_day(row["date"]) if row["date"] else None,
        lead=loader.people.get(row["lead"]),
        topic=row["topic"] or "",
        sort_order=place,
    )


def _quarter(label: str) -> int:
    """Return 3 for “Q3 2026”."""
    return int(label[1])


def _bullets(lines: list[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)


def _joined(loader: Loader, *texts: str) -> str:
    return loader.rich_text("\n\n".join(text.strip() for text in texts if text))
