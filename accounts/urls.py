from django.urls import include, path

from . import views

urlpatterns = [
    path("", views.account_home, name="account_home"),
    path("", include("allauth.account.urls")),
    path("second-factor/", include("allauth.mfa.urls")),
    path("sessions/", views.sessions, name="sessions"),
]
