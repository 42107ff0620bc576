"""Rights on a group’s own page."""

from wagtail.models import PagePermissionTester


class GroupPagePermissionTester(PagePermissionTester):
    """Co-chairs edit their group’s page, but only who is in charge above it may take it away."""

    def can_delete(self, ignore_bulk: bool = False) -> bool:
        return super().can_delete(ignore_bulk) and self._is_in_charge_above()

    def _is_in_charge_above(self) -> bool:
        if self.user.is_superuser:
            return True
        rights = self.permission_policy.get_cached_permissions_for_user(self.user)
        return any(
            right.permission.codename == "change_page"
            and right.page_id != self.page.pk
            and self.page.path.startswith(right.page.path)
            for right in rights
        )
