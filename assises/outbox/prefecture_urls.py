from django.urls import path

from assises.outbox import views

urlpatterns = [
    path("", views.prefecture_mails, name="prefecture_mails"),
    path("<int:number>/reessayer/", views.retry_prefecture_mail, name="retry_prefecture_mail"),
]
