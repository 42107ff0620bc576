"""The screens in the admin."""

from django.urls import path

from . import asking, doubles, figures, imports

urlpatterns = [
    path("members/figures/", figures.FiguresPage.as_view(), name="member_figures"),
    path("members/doubles/", doubles.DoublesList.as_view(), name="member_doubles"),
    path(
        "members/doubles/<int:one>/<int:other>/",
        doubles.Compare.as_view(),
        name="member_compare",
    ),
    path("members/<int:pk>/ask-again/", asking.ask_again, name="ask_member_again"),
    path("imports/try/", imports.NewImport.as_view(), name="new_member_import"),
    path("imports/<int:pk>/", imports.ImportPage.as_view(), name="member_import"),
    path("imports/<int:pk>/run/", imports.run, name="run_member_import"),
    path("imports/<int:pk>/report/", imports.report, name="member_import_report"),
]
