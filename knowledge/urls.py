"""How to cite a product, as files."""

from django.urls import path

from . import views

urlpatterns = [path("cite/<int:pk>.<str:form>", views.citation_file, name="citation_file")]
