"""Documents of the projection for tests that need no page behind them."""

from django.utils import timezone

from search.models import Document


def make_document(uid: str, title: str, **fields) -> Document:
    """Return a public document, as it would be built from a page."""
    known = {
        "entity": "post",
        "kind": "post",
        "language": "en",
        "url": f"/{uid.replace(':', '/')}/",
        "readers": ["public"],
        "is_public": True,
        "changed_at": timezone.now(),
    }
    return Document.objects.create(uid=uid, title=title, **known | fields)
