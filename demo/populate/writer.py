"""Write planned pages in bulk: a handful of statements for each thousand pages.

Pages made this way are as complete as those made one by one: they stand in the tree, are found by
the search and count in the reference index. They have no revision yet, like imported pages.
"""

import datetime
import itertools
import json
import zoneinfo
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import connection, models, transaction
from django.db.models import F
from modelcluster.models import get_all_child_relations
from wagtail.models import Page, ReferenceIndex
from wagtail.search.backends import get_search_backend

from blog.models import BlogIndexPage, BlogPage
from events import rules
from events.models import AgendaItem, EventIndexPage, EventPage, Speaker
from files.models import Licence, SiteImage
from knowledge.models import LibraryPage, ResourcePage
from pages import generation
from pages.models import (
    PageAuthor,
    PageCountry,
    PageRegion,
    PageSector,
    PageTheme,
    SitePage,
)
from people.models import Person
from taxonomy.models import Country, Region, Sector, Theme
from working_groups.models import WorkingGroupPage

from .plan import Places, PlannedPage, plan_event, plan_page

CHUNK = 500
# Every third page has a picture, if the site has pictures.
PICTURE_EVERY = 3


class Pair(NamedTuple):
    """A page that is about to be written, and its plan."""

    page: SitePage
    plan: PlannedPage


class Site:
    """What the pages hang on, read once."""

    def __init__(self):
        pages = SitePage.objects.filter(locale__language_code="en")
        self.groups = list(WorkingGroupPage.objects.filter(pk__in=pages).order_by("path"))
        self.people = list(Person.objects.public().order_by("pk"))
        self.pictures = list(SiteImage.objects.values_list("pk", flat=True).order_by("pk"))
        self.terms = {
            model: dict(model.objects.values_list("slug", "pk"))
            for model in (Theme, Region, Sector, Country)
        }
        self.parents = {
            "post": BlogIndexPage.objects.get(pk__in=pages),
            "product": LibraryPage.objects.get(pk__in=pages),
            "event": EventIndexPage.objects.get(pk__in=pages),
        }

    def places(self) -> Places:
        """Return what the planner needs to know."""
        countries = Country.objects.filter(region__isnull=False).order_by("slug")
        regions = countries.values_list("region__slug", "slug").order_by("region__slug", "slug")
        return Places(
            groups=len(self.groups),
            people=len(self.people),
            themes=tuple(sorted(self.terms[Theme])),
            sectors=tuple(sorted(self.terms[Sector])),
            countries={
                region: tuple(slug for _, slug in rows)
                for region, rows in itertools.groupby(regions, key=lambda row: row[0])
            },
        )

    def parent_of(self, plan: PlannedPage) -> Page:
        """Products stand in the library; posts and events below their group if they have one."""
        if plan.entity == "product" or plan.group is None:
            return self.parents[plan.entity]
        return self.groups[plan.group]


def populate(*, pages: int, events: int, seed: int) -> int:
    """Add the planned pages that are not there yet and return how many were added."""
    site = Site()
    places = site.places()
    plans = [
        *(plan_page(seed, number, places) for number in range(pages)),
        *(plan_event(seed, number, places) for number in range(events)),
    ]
    there = set(Page.objects.filter(slug__startswith="sample-").values_list("slug", flat=True))
    missing = [plan for plan in plans if plan.slug not in there]
    for start in range(0, len(missing), CHUNK):
        _write(missing[start : start + CHUNK], site)
    return len(missing)


@transaction.atomic
def _write(plans: Sequence[PlannedPage], site: Site) -> None:
    pairs = [Pair(_page(plan, site), plan) for plan in plans]
    _place_in_tree(pairs, site)
    for model in (BlogPage, ResourcePage, EventPage):
        _insert([pair.page for pair in pairs if isinstance(pair.page, model)], model)
    _tag(pairs, site)
    _credit(pairs, site)
    for model in (BlogPage, ResourcePage, EventPage):
        _index(model, [pair.page.pk for pair in pairs if isinstance(pair.page, model)])
    generation.renew()


# Pages -----------------------------------------------------------------------------------------


def _page(plan: PlannedPage, site: Site) -> SitePage:
    """Return the page with all its own values, without a place in the tree."""
    published_at = datetime.datetime.combine(plan.day, datetime.time(9, tzinfo=datetime.UTC))
    pictured = bool(site.pictures) and plan.day.toordinal() % PICTURE_EVERY == 0
    model, own_values = MODELS[plan.entity]
    return model(
        title=plan.title,
        draft_title=plan.title,
        slug=plan.slug,
        summary=plan.summary,
        language=plan.language,
        kind=plan.kind,
        date=plan.day,
        listing_image_id=site.pictures[plan.day.day % len(site.pictures)] if pictured else None,
        group=site.groups[plan.group] if plan.group is not None else None,
        body=json.dumps(plan.body),
        live=True,
        first_published_at=published_at,
        last_published_at=published_at,
        **own_values(plan),
    )


def _no_more(plan: PlannedPage) -> dict:
    return {}


def _edition(plan: PlannedPage) -> dict:
    return {"edition": "1.0", "licence": Licence.CC_BY, "external_url": "https://example.org/"}


def _occasion(plan: PlannedPage) -> dict:
    """Return the times as they were planned and in UTC, and how the event takes place."""
    occasion = plan.occasion
    ends = occasion.starts + datetime.timedelta(minutes=occasion.minutes)
    zone = zoneinfo.ZoneInfo(occasion.zone)
    is_recorded = occasion.recording == "available"
    return {
        "starts_on": occasion.starts.date(),
        "start_time": occasion.starts.time(),
        "end_time": ends.time(),
        "time_zone": occasion.zone,
        "starts_at": rules.to_utc(occasion.starts, zone),
        "ends_at": rules.to_utc(ends, zone),
        "status": occasion.status,
        "mode": occasion.mode,
        "recording": occasion.recording,
        "recording_url": f"https://example.org/recordings/{plan.slug}" if is_recorded else "",
        "recording_minutes": occasion.minutes if is_recorded else None,
    }


MODELS: dict[str, tuple[type[SitePage], Callable[[PlannedPage], dict]]] = {
    "post": (BlogPage, _no_more),
    "product": (ResourcePage, _edition),
    "event": (EventPage, _occasion),
}


# The tree --------------------------------------------------------------------------------------


def _place_in_tree(pairs: list[Pair], site: Site) -> None:
    """Give every page its path below its parent, and count the children of the parents."""
    families: dict[int, list[SitePage]] = {}
    parents = {}
    for page, plan in pairs:
        parent = site.parent_of(plan)
        parents[parent.pk] = parent
        families.setdefault(parent.pk, []).append(page)
    for pk, children in families.items():
        parent = parents[pk]
        first = _last_step(parent) + 1
        for step, page in enumerate(children, start=first):
            page.depth = parent.depth + 1
            page.path = Page._get_path(parent.path, page.depth, step)
            page.url_path = f"{parent.url_path}{page.slug}/"
            page.locale_id = parent.locale_id
        Page.objects.filter(pk=pk).update(numchild=F("numchild") + len(children))


def _last_step(parent: Page) -> int:
    paths = Page.objects.child_of(parent).order_by("-path").values_list("path", flat=True)
    last = paths.first()
    return Page._str2int(last[-Page.steplen :]) if last else 0


def _insert(pages: list[SitePage], model: type[SitePage]) -> None:
    """Insert rows of a model that is spread over several tables, parents first.

    Django’s ``bulk_create`` declines such models; table by table it is the same insert.
    """
    for table in (Page, SitePage, model):
        fields = [
            field
            for field in table._meta.local_concrete_fields
            if not isinstance(field, models.AutoField)
        ]
        size = max(connection.ops.bulk_batch_size(fields, pages), 1)
        returning = table._meta.db_returning_fields
        for start in range(0, len(pages), size):
            batch = pages[start : start + size]
            rows = table._base_manager._insert(batch, fields=fields, returning_fields=returning)
            if table is Page:
                _take_keys(batch, rows)


def _take_keys(pages: list[SitePage], rows: Iterable[tuple]) -> None:
    for page, (pk, *_) in zip(pages, rows, strict=True):
        page.id = page.page_ptr_id = page.sitepage_ptr_id = pk
        page._state.adding = False


# What hangs on the pages -----------------------------------------------------------------------


def _tag(pairs: list[Pair], site: Site) -> None:
    for through, vocabulary, slugs_of in (
        (PageTheme, Theme, lambda plan: plan.themes),
        (PageSector, Sector, lambda plan: plan.sectors),
        (PageRegion, Region, lambda plan: (plan.region,)),
        (PageCountry, Country, lambda plan: plan.countries),
    ):
        through.objects.bulk_create(
            through(content_object_id=page.pk, tag_id=site.terms[vocabulary][slug])
            for page, plan in pairs
            for slug in slugs_of(plan)
        )


def _credit(pairs: list[Pair], site: Site) -> None:
    """Name authors, and for events what is on the agenda and who speaks."""
    written = [pair for pair in pairs if pair.plan.occasion is None]
    held = [pair for pair in pairs if pair.plan.occasion is not None]
    PageAuthor.objects.bulk_create(
        PageAuthor(page_id=page.pk, person=site.people[author], sort_order=place)
        for page, plan in written
        for place, author in enumerate(plan.authors)
    )
    Speaker.objects.bulk_create(
        Speaker(event_id=page.pk, person=site.people[author], sort_order=place)
        for page, plan in held
        for place, author in enumerate(plan.authors)
    )
    AgendaItem.objects.bulk_create(
        AgendaItem(event_id=page.pk, title=title, sort_order=place)
        for page, plan in held
        for place, title in enumerate(plan.occasion.agenda)
    )


def _index(model: type[SitePage], keys: list[int]) -> None:
    """Make the pages findable and record what they refer to, as saving them would have done."""
    relations = [relation.get_accessor_name() for relation in get_all_child_relations(model)]
    terms = ("themes", "regions", "sectors", "countries")
    people = [f"{name}__person" for name in ("page_authors", "speakers") if name in relations]
    pages = list(model.objects.filter(pk__in=keys).prefetch_related(*terms, *relations, *people))
    get_search_backend().add_bulk(model, pages)
    base = ReferenceIndex._get_base_content_type(model)
    own = ContentType.objects.get_for_model(model)
    ReferenceIndex.objects.bulk_create(
        ReferenceIndex(
            content_type=own,
            base_content_type=base,
            object_id=page.pk,
            to_content_type_id=to_type,
            to_object_id=to_id,
            model_path=model_path,
            content_path=content_path,
            content_path_hash=ReferenceIndex._get_content_path_hash(content_path),
        )
        for page in pages
        for to_type, to_id, model_path, content_path in set(
            ReferenceIndex._extract_references_from_object(page)
        )
    )
