"""Mail in the admin."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from .views_admin import try_again
from .viewsets import MailGroup

modeladmin_register(MailGroup)


@hooks.register("register_admin_urls")
def own_screens() -> list[URLPattern]:
    return [path("deliveries/<uuid:pk>/again/", try_again, name="try_delivery_again")]
