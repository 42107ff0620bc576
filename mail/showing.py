"""Showing the HTML of a mail on a page: in a frame in which nothing but its own style works."""

from collections.abc import Callable

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_sameorigin

View = Callable[..., HttpResponse]
MAY_OPEN_LINKS = "allow-top-navigation-by-user-activation"
# Mail programs know no stylesheets, so mails carry their style inline. Nothing else may happen.
ONLY_ITS_OWN_STYLE = {
    "default-src": [NONE],
    "style-src": [UNSAFE_INLINE],
    "img-src": [SELF, "data:"],
    "base-uri": [NONE],
    "form-action": [NONE],
    "frame-ancestors": [SELF],
    "sandbox": [MAY_OPEN_LINKS],
}


def framed(view: View) -> View:
    """Let the answer of a view, the HTML of a mail, stand in a frame of our own pages."""
    return never_cache(xframe_options_sameorigin(csp(ONLY_ITS_OWN_STYLE)(view)))


def html_answer(html: str) -> HttpResponse:
    """Return the HTML of a mail; its links open in the whole window, as from a mail program."""
    return HttpResponse(html.replace("<head>", '<head><base target="_top">', 1))
