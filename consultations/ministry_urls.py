from django.urls import path

from consultations.views import ministry

urlpatterns = [
    path("exercices/", ministry.campaigns, name="campaigns"),
    path("exercices/nouveau/", ministry.campaign_new, name="campaign_new"),
    path("exercices/<slug:campaign>/", ministry.campaign, name="campaign"),
    path("exercices/<slug:campaign>/questions/nouvelle/", ministry.core_question_new, name="core_question_new"),
    path("exercices/<slug:campaign>/lancer/", ministry.campaign_launch, name="campaign_launch"),
]
