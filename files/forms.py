"""The form with which documents are uploaded, one by one or many at once."""

from pathlib import PurePath

from django.core.files.uploadedfile import UploadedFile
from wagtail.documents.forms import BaseDocumentForm

from .validation import check_content


class SiteDocumentForm(BaseDocumentForm):
    """Look into a new file before it is stored."""

    def clean_file(self):
        file = self.cleaned_data.get("file")
        if isinstance(file, UploadedFile):
            check_content(file, PurePath(file.name).suffix.lstrip("."))
        return file
