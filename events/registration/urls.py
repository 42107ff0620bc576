"""Addresses of registration, below those of the calendar."""

from django.urls import path, re_path

from . import views

urlpatterns = [
    re_path(r"^(?P<pk>[0-9]{1,18})/register/$", views.register, name="event_register"),
    re_path(
        r"^(?P<pk>[0-9]{1,18})/register/check-your-mail/$",
        views.check_mail,
        name="event_check_mail",
    ),
    path("registration/<str:token>/", views.manage, name="registration"),
    path("registration/<str:token>/confirm/", views.confirm, name="registration_confirm"),
    path("registration/<str:token>/join/", views.join, name="registration_join"),
]
