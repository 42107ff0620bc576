"""Joining, one’s own membership, and what links in mails lead to."""

from django.urls import include, path
from django.views.generic import RedirectView

from .views import account, invited, joining, my, offers, preferences, profile

urlpatterns = [
    path("accounts/signup/", RedirectView.as_view(pattern_name="join")),
    path("accounts/delete/", account.delete_account, name="delete_account"),
    path("accounts/deleted/", account.account_deleted, name="account_deleted"),
    path("join/", joining.join, name="join"),
    path("join/check-your-mail/", joining.check_mail, name="join_check_mail"),
    path("join/confirm/<str:token>/", joining.confirm, name="join_confirm"),
    path("join/institution/", joining.join_for_institution, name="join_for_institution"),
    path("institutions/", include("members.institutions.urls")),
    path("members/", include("members.directory.urls")),
    path("join/invited/<str:token>/", invited.invited, name="invited"),
    path("my/", my.my_page, name="my_page"),
    path("my/profile/", profile.my_profile, name="my_profile"),
    path("my/profile/seen/", profile.as_seen, name="my_profile_seen"),
    path("my/groups/", my.my_groups, name="my_groups"),
    path("my/topics/", my.my_topics, name="my_topics"),
    path("my/data/", my.my_data, name="my_data"),
    path("my/data/export/", my.export, name="my_data_export"),
    path("my/data/leave/", my.leave, name="leave"),
    path("my/data/stay/", my.stay, name="stay"),
    path("offers/new/", offers.new_offer, name="new_offer"),
    path("offers/<int:offer_id>/withdraw/", offers.withdraw, name="withdraw_offer"),
    path("goodbye/", my.left, name="left"),
    path("preferences/", preferences.ask_for_link, name="preferences_ask"),
    path("preferences/check-your-mail/", preferences.check_mail, name="preferences_check_mail"),
    path("preferences/<str:token>/", preferences.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", preferences.unsubscribe, name="unsubscribe"),
]
