from django.urls import path

from consultations.views import prefecture

urlpatterns = [
    path("concertations/", prefecture.consultations, name="consultations"),
    path("concertations/<slug:campaign>/", prefecture.consultation_draft, name="consultation_draft"),
    path("concertations/<slug:campaign>/modifier/", prefecture.consultation_edit, name="consultation_edit"),
    path("concertations/<slug:campaign>/publier/", prefecture.consultation_publish, name="consultation_publish"),
]
