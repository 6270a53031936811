from django.urls import path

from consultations.views.ministry import campaigns

urlpatterns = [
    path("exercices/", campaigns.campaigns, name="campaigns"),
    path("exercices/nouveau/", campaigns.campaign_new, name="campaign_new"),
    path("exercices/<slug:campaign>/", campaigns.campaign, name="campaign"),
    path("exercices/<slug:campaign>/questions/nouvelle/", campaigns.core_question_new, name="core_question_new"),
    path("exercices/<slug:campaign>/lancer/", campaigns.campaign_launch, name="campaign_launch"),
]
