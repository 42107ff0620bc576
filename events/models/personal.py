"""The address under which somebody’s own events can be followed."""

import uuid

from django.conf import settings
from django.core import signing
from django.db import models
from django.utils.translation import gettext_lazy as _


class PersonalCalendar(models.Model):
    """A secret address of one account: whoever has it reads the feed, so it can be replaced.

    The database holds half of the secret. The address is signed, so a copy of the database alone
    opens no feed, and a new ``key`` closes the old address at once.
    """

    SALT = "events.personal-calendar"
    LONGEST = 120

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="personal_calendar"
    )
    key = models.UUIDField(_("key"), default=uuid.uuid4, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("personal calendar")
        verbose_name_plural = _("personal calendars")

    def __str__(self) -> str:
        return f"{self.user}"

    @property
    def token(self) -> str:
        """What stands in the address."""
        return signing.Signer(salt=self.SALT, sep=".").sign(self.key.hex)

    @classmethod
    def of_token(cls, token: str) -> "PersonalCalendar | None":
        """Return whose address this is; ``None`` for one that is not ours, or not any more."""
        if len(token) > cls.LONGEST:
            return None
        try:
            key = signing.Signer(salt=cls.SALT, sep=".").unsign(token)
        except signing.BadSignature:
            return None
        return cls.objects.select_related("user").filter(key=key, user__is_active=True).first()
