"""Documents at addresses that outlive a change of file; before Wagtail’s own."""

from django.urls import path

from . import views

urlpatterns = [
    path("<int:document_id>/", views.document, name="document"),
    path("<int:document_id>/<str:document_filename>", views.document),
]
