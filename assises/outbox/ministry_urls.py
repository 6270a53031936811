from django.urls import path

from assises.outbox import views

urlpatterns = [
    path("", views.ministry_mails, name="ministry_mails"),
    path("<int:number>/reessayer/", views.retry_ministry_mail, name="retry_ministry_mail"),
]
