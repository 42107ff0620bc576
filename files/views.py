"""Documents as readers get them."""

import logging

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from wagtail.documents.views.serve import serve

from .models import SiteDocument

logger = logging.getLogger(__name__)


def document(request: HttpRequest, document_id: int, document_filename: str = "") -> HttpResponse:
    """Send a document by its number, whatever name the address gives it.

    A file that was replaced under another name is still found at every address it ever had.
    Wagtail decides who may read it and sends it with its type, size, name and ETag, and with a
    policy under which nothing inside it runs.
    """
    wanted = get_object_or_404(SiteDocument, pk=document_id)
    try:
        return serve(request, document_id, wanted.filename)
    except FileNotFoundError as error:
        logger.exception("The file of document %s is missing.", document_id)
        raise Http404(_("This file is missing. Please ask the secretariat for it.")) from error
