"""Fences around accounts in the admin."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from wagtail import hooks


@hooks.register("before_bulk_action")
def keep_administrators_safe(request, action_type, objects, action) -> None:
    """Refuse to change administrators in bulk unless an administrator does it."""
    if action.model is not get_user_model() or request.user.is_superuser:
        return
    if any(user.is_superuser for user in objects):
        raise PermissionDenied
