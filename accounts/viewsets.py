"""How the secretariat looks after accounts in the admin."""

from django.core.exceptions import PermissionDenied
from wagtail.users.views.users import CreateView, EditView, UserViewSet

from .forms import AccountCreationForm, AccountEditForm


class ActingUserMixin:
    """Tell the form who fills it in."""

    def get_form_kwargs(self) -> dict:
        return super().get_form_kwargs() | {"acting_user": self.request.user}


class AccountCreateView(ActingUserMixin, CreateView):
    pass


class AccountEditView(ActingUserMixin, EditView):
    """Only administrators change administrators, or a new password would open their account."""

    def dispatch(self, request, *args, **kwargs):
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class AccountViewSet(UserViewSet):
    add_view_class = AccountCreateView
    edit_view_class = AccountEditView

    def get_form_class(self, for_update: bool = False):
        return AccountEditForm if for_update else AccountCreationForm
