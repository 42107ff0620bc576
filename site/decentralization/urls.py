"""Every address of the site. Each app brings its own; Wagtail’s pages come last."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.conf.urls.static import static
from django.contrib.staticfiles.urls import staticfiles_urlpatterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.routing import serve

urlpatterns = [
    path("admin/", include("accounts.urls_admin")),
    path("admin/", include("working_groups.urls_admin")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include("files.urls")),
    path("documents/", include(wagtaildocs_urls)),
    path("mail/reports/", include("mail.urls")),
    path("", include("pages.urls_unprefixed")),
]

if settings.DEBUG:
    urlpatterns += staticfiles_urlpatterns()
    urlpatterns += static(settings.MEDIA_URL, document_root=settings.MEDIA_ROOT)

if settings.DEBUG or settings.DEMO:
    urlpatterns.append(path("styleguide/", include("pages.styleguide")))

if settings.DEMO:
    urlpatterns.append(path("demo/", include("demo.urls")))

urlpatterns += i18n_patterns(
    path("", include("members.urls")),
    path("accounts/", include("accounts.urls")),
    path("people/", include("working_groups.urls_people")),
    path("search/", include("search.urls")),
    path("blog/", include("blog.urls")),
    path("events/", include("events.urls")),
    path("groups/", include("working_groups.urls")),
    path("library/", include("knowledge.urls")),
    path("", include("pages.urls")),
    path("", include(wagtail_urls.urlpatterns[:-1])),
    re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
    prefix_default_language=False,
)
