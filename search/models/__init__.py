"""What the search keeps in the database."""

from .documents import Change, Document, DocumentFacet, FileText
from .entries import Entry
from .upkeep import Upkeep
from .usage import Click, Question
from .words import Promotion, Synonyms

__all__ = [
    "Change",
    "Click",
    "Document",
    "DocumentFacet",
    "Entry",
    "FileText",
    "Promotion",
    "Question",
    "Synonyms",
    "Upkeep",
]
