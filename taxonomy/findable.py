"""What a thing gives to the public search: its texts and the terms under which it is filed.

Every model that readers can find says this beside itself, in a method ``findable()`` (pages in
``SitePage.findable``, which page types extend). It says what it holds, not who may read it and
not where it stands: that follows from the tree and is the search’s own business.
"""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Findable:
    """One thing to find. Terms are slugs; ``body`` is plain text by language code.

    ``groups`` are the translation keys of groups’ pages: a group is one in all its languages.
    ``people`` are the slugs of those who wrote it or appear in it, whether they have a page or
    not; ``names`` are the names of others who shall find it. ``languages`` are those in which it
    can be read. ``files`` are the ids of documents whose text shall find it, in the order of their
    importance; ``offers`` of those to which it leads and which are found by themselves.
    """

    entity: str
    kind: str
    title: str
    language: str
    url: str
    summary: str = ""
    also_called: Sequence[str] = ()
    body: Mapping[str, str] = field(default_factory=dict)
    date: datetime.date | None = None
    groups: Sequence[str] = ()
    regions: Sequence[str] = ()
    themes: Sequence[str] = ()
    sectors: Sequence[str] = ()
    countries: Sequence[str] = ()
    people: Sequence[str] = ()
    names: Sequence[str] = ()
    languages: Sequence[str] = ()
    files: Sequence[int] = ()
    offers: Sequence[int] = ()
    has_recording: bool = False

    def with_text(self, *texts: str) -> "Findable":
        """Return the same with more text in its own language, each on a line of its own."""
        own = "\n".join(text for text in (self.body.get(self.language, ""), *texts) if text)
        return replace(self, body={**self.body, self.language: own})
