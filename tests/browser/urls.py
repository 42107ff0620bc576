"""The site's addresses and the media files, which a web server in front delivers in production."""

from django.conf import settings
from django.urls import path
from django.views.static import serve

from decentralization.urls import urlpatterns as site

urlpatterns = [
    path("media/<path:path>", serve, {"document_root": settings.MEDIA_ROOT}),
    *site,
]
