"""The results themselves: which ones, in which order, and what is shown of each."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from pages.models import SitePage
from people.models import Person

from . import groups, index, page_types
from .content import Content
from .snippets import Snippet, snippet
from .snippets import hits as hits_in
from .vocabulary import Term

Key = tuple[str, int]
PAGE = "page"


@dataclass(frozen=True)
class Result:
    """One thing that was found."""

    title: str
    url: str
    type: str
    kind: str
    kind_label: str
    language: str
    snippet: Snippet
    date: datetime.date | None = None
    group: str = ""
    group_term: Term | None = None


def hits(content: Content) -> list[Key]:
    """Return the keys of all results in the order asked for.

    People have no date: sorted by date, they follow after all pages, by name.
    """
    matches, people = content.matches, content.people_names
    if matches is None or content.asked.order != "relevance":
        return [(PAGE, pk) for pk in content.page_ids] + [(page_types.PERSON, pk) for pk in people]
    words = content.asked.words
    scored = [(False, matches.pages[pk], pk, PAGE) for pk in content.page_ids]
    scored += [
        (_is_named(name, words), matches.people[pk], pk, page_types.PERSON)
        for pk, name in people.items()
    ]
    return [(what, pk) for _named, _score, pk, what in sorted(scored, reverse=True)]


def _is_named(name: str, words: Sequence[str]) -> bool:
    """Who types a name looks for that person before all that they wrote."""
    return all(hits_in(name, [word]) for word in words)


def results(keys: Sequence[Key], content: Content) -> list[Result]:
    """Return what is shown of these hits, in their order, with one query for each sort of fact."""
    pages = [pk for what, pk in keys if what == PAGE]
    people = [pk for what, pk in keys if what == page_types.PERSON]
    texts = index.texts(pages, people) if content.asked.words else {}
    found = _pages(pages, texts, content) | _people(people, texts, content)
    return [found[key] for key in keys if key in found]


def _pages(pks: list[int], texts: dict[Key, str], content: Content) -> dict[Key, Result]:
    if not pks:
        return {}
    entities = page_types.entities()
    kinds = content.vocabulary.terms["kind"]
    own_groups = groups.own_groups(pks)
    found = {}
    for page in SitePage.objects.filter(pk__in=pks):
        group = content.vocabulary.values["group"].get(own_groups.get(page.pk), "")
        found[PAGE, page.pk] = Result(
            title=page.title,
            url=page.get_url() or "",
            type=entities[page.content_type_id],
            kind=page.kind,
            kind_label=kinds[page.kind].label if page.kind in kinds else page.kind,
            language=page.language,
            date=page.date,
            snippet=snippet(page.summary, texts.get((PAGE, page.pk), ""), content.asked.words),
            group=group,
            group_term=content.vocabulary.term("group", group) if group else None,
        )
    return found


def _people(pks: list[int], texts: dict[Key, str], content: Content) -> dict[Key, Result]:
    if not pks:
        return {}
    person_type = page_types.PERSON
    label = content.vocabulary.terms["kind"][person_type].label
    return {
        (person_type, person.pk): Result(
            title=person.name,
            url=person.get_absolute_url(),
            type=person_type,
            kind=person_type,
            kind_label=label,
            language="",
            snippet=snippet(
                person.affiliation,
                texts.get((person_type, person.pk), "").removeprefix(person.name),
                content.asked.words,
            ),
        )
        for person in Person.objects.filter(pk__in=pks)
    }
