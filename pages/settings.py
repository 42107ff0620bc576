"""What the secretariat sets once for the whole site."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="home")
class SiteSettings(BaseSiteSetting):
    """Contact, outside profiles and the membership switch."""

    shows_on_pages = True

    contact_email = models.EmailField(_("contact address"), default="info@example.org")
    member_portal_url = models.URLField(
        _("outside membership portal"),
        blank=True,
        help_text=_("When filled in, “Join” leads there instead of to our own page."),
    )
    postal_address = models.CharField(
        _("postal address"),
        max_length=200,
        blank=True,
        help_text=_("Stands at the end of updates by mail, as many countries ask for."),
    )
    linkedin_url = models.URLField("LinkedIn", blank=True)
    youtube_url = models.URLField("YouTube", blank=True)
    facebook_url = models.URLField("Facebook", blank=True)
    workplan_allocation = models.DecimalField(
        _("allocation per group and year in US dollars"),
        max_digits=9,
        decimal_places=2,
        default=5000,
        help_text=_("Workplans that plan to spend more from the allocation show a warning."),
    )

    panels = [
        FieldPanel("contact_email"),
        FieldPanel("postal_address"),
        FieldPanel("member_portal_url"),
        MultiFieldPanel(
            [FieldPanel("linkedin_url"), FieldPanel("youtube_url"), FieldPanel("facebook_url")],
            heading=_("Profiles elsewhere"),
        ),
        FieldPanel("workplan_allocation"),
    ]

    class Meta:
        verbose_name = _("site settings")

    @property
    def profiles(self) -> list[tuple[str, str]]:
        """``(name, address)`` of each outside profile that is set."""
        pairs = [
            ("LinkedIn", self.linkedin_url),
            ("YouTube", self.youtube_url),
            ("Facebook", self.facebook_url),
        ]
        return [(name, url) for name, url in pairs if url]
