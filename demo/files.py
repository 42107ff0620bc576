"""Store generated files as the documents and images of the site."""

from django.core.files.base import ContentFile
from wagtail.models import Collection

from files.models import SiteDocument, SiteImage

COLLECTION = "Sample files"
CREDIT = "Generated for the demonstration site"


def store_document(data: bytes, name: str, **fields) -> SiteDocument:
    """Return a stored document with its size, its hash and, for a PDF, its pages."""
    document = SiteDocument(
        file=ContentFile(data, name=name), file_size=len(data), collection=_collection(), **fields
    )
    document._set_document_file_metadata()
    document.save()
    return document


def store_image(data: bytes, name: str, **fields) -> SiteImage:
    """Return a stored image with its size and its hash."""
    image = SiteImage(
        file=ContentFile(data, name=name), collection=_collection(), credit=CREDIT, **fields
    )
    image._set_image_file_metadata()
    image.save()
    return image


def _collection() -> Collection:
    root = Collection.get_first_root_node()
    return root.get_children().filter(name=COLLECTION).first() or root.add_child(name=COLLECTION)
