"""The Content-Security-Policy: strict for the public, looser where Wagtail’s admin needs it."""

from csp.constants import UNSAFE_INLINE
from csp.middleware import CSPMiddleware
from django.http import HttpRequest, HttpResponse
from django.urls import reverse


class ContentSecurityPolicyMiddleware(CSPMiddleware):
    """Allow inline scripts and styles under the admin's address only.

    Wagtail 8's admin and its preview and toolbar frames still carry inline code.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith(reverse("wagtailadmin_home")):
            response._csp_update = {
                "script-src": [UNSAFE_INLINE],
                "style-src": [UNSAFE_INLINE],
                "img-src": ["blob:"],
            }
        return super().process_response(request, response)
