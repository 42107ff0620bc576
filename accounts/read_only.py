"""Lists in the admin at which people look and which nobody changes there."""

from wagtail_modeladmin.helpers import PermissionHelper


class ReadOnly(PermissionHelper):
    """Let those look who may view; let nobody write, not even administrators."""

    def may_look(self, user) -> bool:
        """Return whether somebody may see the list and each line of it."""
        return user.has_perm(f"{self.opts.app_label}.view_{self.opts.model_name}")

    def user_can_list(self, user) -> bool:
        return self.may_look(user)

    def user_can_inspect_obj(self, user, obj) -> bool:
        return self.inspect_view_enabled and self.may_look(user)

    def user_can_create(self, user) -> bool:
        return False

    def user_can_edit_obj(self, user, obj) -> bool:
        return False

    def user_can_delete_obj(self, user, obj) -> bool:
        return False
