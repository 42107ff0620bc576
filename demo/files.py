"""Store generated files as the documents and images of the site."""

from django.core.files.base import ContentFile

from files.models import SiteDocument, SiteImage
from working_groups.actions import ensure_collection

COLLECTION = "Sample files"
CREDIT = "Generated for the demonstration site"


def store_document(data: bytes, name: str, **fields) -> SiteDocument:
    """Return a stored document with its size, its hash and, for a PDF, its pages."""
    document = SiteDocument(
        file=ContentFile(data, name=name),
        file_size=len(data),
        collection=ensure_collection(COLLECTION),
        **fields,
    )
    document._set_document_file_metadata()
    document.save()
    return document


def store_image(data: bytes, name: str, **fields) -> SiteImage:
    """Return a stored image with its size and its hash."""
    image = SiteImage(
        file=ContentFile(data, name=name),
        collection=ensure_collection(COLLECTION),
        credit=CREDIT,
        **fields,
    )
    image._set_image_file_metadata()
    image.save()
    return image
