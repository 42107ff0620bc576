"""The results that editors put first for a search."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from search.engines.answers import Hit, Passage
from search.kept import Kept
from search.models import Document, DocumentFacet, Promotion
from search.words.parsing import same_search
from search.words.wanted import Words

Chosen = tuple[frozenset[Words], str]
BySearch = Mapping[Words, Sequence[str]]


def promoted(text: str, readers: Collection[str]) -> list[Hit]:
    """Return what editors put first for exactly this search, as far as the reader may see it.

    Accents, capitals and signs do not matter, each word does. Results that have gone, or that
    are no longer public, are left out.
    """
    uids = known_promotions().get(same_search(text), ())
    return hits(uids, readers) if uids else []


def hits(uids: Sequence[str], readers: Collection[str]) -> list[Hit]:
    """Return these documents as results, in this order, without those that nobody finds."""
    found = Document.objects.filter(uid__in=uids, deleted_at=None).defer("body", "files")
    documents = [document for document in found if set(document.readers) & set(readers)]
    groups = _groups(documents)
    made = {document.uid: _hit(document, groups[document.pk]) for document in documents}
    return [made[uid] for uid in uids if uid in made]


def published() -> list[Chosen]:
    """Return what is promoted, in the order of its places: the searches and the result."""
    return [(frozenset(row.searches), row.uid) for row in Promotion.objects.filter(live=True)]


def by_search(chosen: Iterable[Chosen]) -> BySearch:
    """Return the promoted results of each search."""
    found: dict[Words, list[str]] = defaultdict(list)
    for searches, uid in chosen:
        for search in searches:
            found[search].append(uid)
    return dict(found)


known_promotions = Kept(published, by_search)


def _groups(documents: Iterable[Document]) -> Mapping[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    rows = DocumentFacet.objects.filter(document__in=documents, facet="group").order_by("pk")
    for document_id, group in rows.values_list("document_id", "value"):
        found[document_id].append(group)
    return found


def _hit(document: Document, groups: Sequence[str]) -> Hit:
    return Hit(
        uid=document.uid,
        title=document.title,
        url=document.url,
        entity=document.entity,
        kind=document.kind,
        language=document.language,
        date=document.date,
        groups=tuple(groups),
        in_every_language=document.in_every_language,
        passage=Passage(document.summary),
    )
