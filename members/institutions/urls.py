"""The addresses of institutions, below ``institutions/``."""

from django.urls import path

from members.views import institutions as public
from members.views import own_institutions as own

urlpatterns = [
    path("", public.institutions, name="institutions"),
    path("apply/", own.apply, name="apply_for_institution"),
    path(
        "applications/<int:application_id>/withdraw/",
        own.withdraw_application,
        name="withdraw_application",
    ),
    path("affiliations/<int:affiliation_id>/<slug:verb>/", own.change, name="change_affiliation"),
    path("<slug:slug>/", public.institution, name="institution"),
    path("<slug:slug>/work-there/", own.work_there, name="work_there"),
    path("<slug:slug>/people/", own.people, name="institution_people"),
    path("<slug:slug>/page/", own.page, name="institution_page"),
    path("<slug:slug>/page/withdraw/", own.withdraw_page, name="withdraw_page_change"),
]
