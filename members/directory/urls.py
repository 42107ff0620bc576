"""The addresses of the directory, below ``members/``."""

from django.urls import path

from members.views import directory, messages

urlpatterns = [
    path("", directory.members, name="directory"),
    path("map/", directory.on_the_map, name="directory_map"),
    path("<uuid:public_id>/", directory.member, name="member"),
    path("<uuid:public_id>/write/", messages.write, name="write_to_member"),
]
