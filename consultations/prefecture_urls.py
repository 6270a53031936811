from django.urls import path

from consultations.views.prefecture import consultation

urlpatterns = [
    path("concertations/", consultation.consultations, name="consultations"),
    path("concertations/<slug:campaign>/", consultation.consultation_draft, name="consultation_draft"),
    path("concertations/<slug:campaign>/modifier/", consultation.consultation_edit, name="consultation_edit"),
    path("concertations/<slug:campaign>/publier/", consultation.consultation_publish, name="consultation_publish"),
]
