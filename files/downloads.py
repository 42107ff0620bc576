"""What a line about a file to download shows."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst
from django.utils.translation import gettext

from .models import SiteDocument


@dataclass(frozen=True)
class DownloadLine:
    """What ``components/download_line.html`` shows; without ``url`` the file is not at hand."""

    title: str
    url: str
    language: str
    language_name: str
    format: str
    size: str
    pages: int | None


def download_line(document: SiteDocument, label: str = "") -> DownloadLine:
    """Return the line about a document from what the database knows: the file is not opened."""
    return DownloadLine(
        title=label or document.title,
        url=document.url if document.file else "",
        language=document.language,
        language_name=capfirst(gettext(document.get_language_display())),
        format=document.file_extension.upper(),
        size=filesizeformat(document.file_size) if document.file_size else "",
        pages=document.page_count,
    )
