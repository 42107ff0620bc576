from django.urls import path

from . import views

app_name = "demo"
urlpatterns = [
    path("outbox/", views.mails, name="outbox"),
    path("outbox/digest/", views.send_digest, name="send_digest"),
    path("outbox/reminder/", views.send_reminder, name="send_reminder"),
    path("outbox/notices/", views.send_notices, name="send_notices"),
    path("outbox/<str:number>/", views.mail, name="mail"),
    path("outbox/<str:number>/html/", views.mail_html, name="mail_html"),
]
