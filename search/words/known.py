"""The synonyms that count now: those that the secretariat has published."""

from search.kept import Kept
from search.models import Synonyms

from .synonyms import Concept, SynonymTable


def published() -> list[Concept]:
    """Return the published concepts in their order."""
    return [row.concept for row in Synonyms.objects.filter(live=True)]


known_synonyms = Kept(published, SynonymTable)
