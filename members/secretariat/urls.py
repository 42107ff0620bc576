"""The screens in the admin."""

from django.urls import path

from . import asking, doubles, figures, imports, updates

urlpatterns = [
    path("members/figures/", figures.FiguresPage.as_view(), name="member_figures"),
    path("members/doubles/", doubles.DoublesList.as_view(), name="member_doubles"),
    path(
        "members/doubles/<int:one>/<int:other>/",
        doubles.Compare.as_view(),
        name="member_compare",
    ),
    path("members/<int:pk>/ask-again/", asking.ask_again, name="ask_member_again"),
    path("updates/", updates.ComingUpdates.as_view(), name="coming_updates"),
    path("updates/digest/", updates.DigestMail.as_view(), name="digest_mail"),
    path("updates/digest/html/", updates.digest_html, name="digest_mail_html"),
    path("updates/pages/<int:pk>/", updates.PageMail.as_view(), name="page_mail"),
    path("updates/pages/<int:pk>/html/", updates.page_html, name="page_mail_html"),
    path("updates/pages/<int:pk>/take-back/", updates.take_back, name="take_update_back"),
    path("updates/<int:pk>/tell/", updates.tell_after_all, name="tell_update_after_all"),
    path("imports/try/", imports.NewImport.as_view(), name="new_member_import"),
    path("imports/<int:pk>/", imports.ImportPage.as_view(), name="member_import"),
    path("imports/<int:pk>/run/", imports.run, name="run_member_import"),
    path("imports/<int:pk>/report/", imports.report, name="member_import_report"),
]
