"""How to cite a product, as files for reference managers."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from pages import citation

from .models import ResourcePage
from .sections import cited

FORMS = {
    "bib": (citation.bibtex, "application/x-bibtex; charset=utf-8"),
    "ris": (citation.ris, "application/x-research-info-systems; charset=utf-8"),
}


def citation_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Send how to cite a product that readers can see."""
    if form not in FORMS:
        raise Http404("Citations come as “bib” or “ris”.")
    products = ResourcePage.objects.live().public().filter(is_listed=True)
    work = cited(get_object_or_404(products, pk=pk), request)
    write, content_type = FORMS[form]
    name = f"{citation.key(work)}.{form}"
    return HttpResponse(
        write(work),
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
