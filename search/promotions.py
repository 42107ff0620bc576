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


def promoted(text: str, readers: Collection[str], language: str = "") -> list[Hit]:
    """Return what editors put first for exactly this search, as far as the reader may see it.

    Accents, capitals and signs do not matter, each word does. Where there is a version in the
    reader’s language it is that one. Results that have gone, or that the reader may not see, are
    left out.
    """
    uids = known_promotions().get(same_search(text), ())
    return hits(uids, readers, language) if uids else []


def hits(uids: Sequence[str], readers: Collection[str], language: str = "") -> list[Hit]:
    """Return these documents as results, in this order, without those that nobody finds.

    Each is there once, in the version of this language where the reader may see one.
    """
    there = Document.objects.filter(deleted_at=None).defer("body", "files")
    chosen = {document.uid: document for document in there.filter(uid__in=uids)}
    families = [document.family for document in chosen.values() if document.family]
    versions = there.filter(family__in=families, language=language).order_by("-pk")
    in_language = {document.family: document for document in versions if _sees(readers, document)}
    wanted = (chosen[uid] for uid in uids if uid in chosen)
    shown = (in_language.get(document.family, document) for document in wanted)
    documents = {document.uid: document for document in shown if _sees(readers, document)}
    groups = _groups(documents.values())
    return [_hit(document, groups[document.pk]) for document in documents.values()]


def _sees(readers: Collection[str], document: Document) -> bool:
    return not set(document.readers).isdisjoint(readers)


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
