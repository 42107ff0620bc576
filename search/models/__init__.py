"""What the search keeps in the database."""

from .documents import Change, Document, DocumentFacet, FileText
from .usage import Click, Question
from .words import Promotion, Synonyms

__all__ = [
    "Change",
    "Click",
    "Document",
    "DocumentFacet",
    "FileText",
    "Promotion",
    "Question",
    "Synonyms",
]
