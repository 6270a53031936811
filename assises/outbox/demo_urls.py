from django.urls import path

from assises.outbox import views

urlpatterns = [
    path("", views.demo_mails, name="demo_mails"),
    path("<int:number>/", views.demo_mail, name="demo_mail"),
]
