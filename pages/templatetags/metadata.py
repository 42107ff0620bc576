"""The tag behind ``components/metadata.html``."""

from django import template

from pages.metadata import Metadata, metadata

register = template.Library()


@register.simple_tag(takes_context=True)
def page_metadata(context: template.Context) -> Metadata | None:
    """Return the metadata of the page or view that is being drawn."""
    request = context.get("request")
    if request is None:
        return None
    return metadata(
        request, context.get("page"), context.get("about_this"), context.get("breadcrumbs") or ()
    )
