from django.urls import path

from assises.legal import views

urlpatterns = [
    path("donnees-personnelles/", views.privacy, name="privacy"),
    path("mentions-legales/", views.legal, name="legal"),
    path("charte-de-moderation/", views.charter, name="charter"),
    path("ce-que-disent-les-chiffres/", views.figures_meaning, name="figures_meaning"),
    path("accessibilite/", views.accessibility, name="accessibility"),
    path("accessibilite/signaler/", views.accessibility_report, name="accessibility_report"),
    path("accessibilite/signaler/merci/", views.accessibility_report_sent, name="accessibility_report_sent"),
    path("<slug:departement>/donnees-personnelles/", views.privacy_departement, name="privacy_departement"),
]
