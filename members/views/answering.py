"""What all answers in the admin have in common."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import HttpRequest
from django.utils.translation import gettext as _


def answered(request: HttpRequest, form: Form, decide: Callable[[], bool]) -> bool:
    """Let an answer count and say so, or that it came too late.

    ``False`` where it is refused: why stands in the form.
    """
    try:
        done = decide()
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return False
    if done:
        messages.success(request, _("Your answer is on its way."))
    else:
        messages.info(request, _("Somebody has answered this before you."))
    return True
