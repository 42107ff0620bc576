"""Addresses of attendance, below those of the calendar."""

from django.urls import path, re_path

from . import views
from .certificates import views as certificates

urlpatterns = [
    re_path(r"^(?P<pk>[0-9]{1,18})/attendance/$", views.attendance, name="event_attendance"),
    path(
        "registration/<str:token>/certificate/",
        certificates.by_mail,
        name="registration_certificate",
    ),
    path("certificates/<str:number>/", certificates.check, name="certificate"),
    path("certificates/<str:number>/mine/", certificates.mine, name="my_certificate"),
]
