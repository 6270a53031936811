from django.urls import path

from syntheses.views import prefecture
from syntheses.views.reading import acts, crossing, overview, passages, pile, runs, searching

SYNTHESIS = "syntheses/<slug:campaign>"
READING = "lecture/<slug:campaign>"
urlpatterns = [
    path("syntheses/", prefecture.syntheses, name="syntheses"),
    path(f"{SYNTHESIS}/", prefecture.synthesis, name="synthesis"),
    path(f"{SYNTHESIS}/nouvelle-version/", prefecture.synthesis_new_version, name="synthesis_new_version"),
    path(f"{SYNTHESIS}/valider/", prefecture.synthesis_validate, name="synthesis_validate"),
    path(f"{SYNTHESIS}/reprendre/", prefecture.synthesis_take_back, name="synthesis_take_back"),
    path(f"{SYNTHESIS}/transmettre/", prefecture.synthesis_transmit, name="synthesis_transmit"),
    path(f"{SYNTHESIS}/versions/<int:number>/", prefecture.synthesis_read, name="synthesis_read"),
    path(f"{SYNTHESIS}/versions/<int:number>/pdf/", prefecture.synthesis_download, name="synthesis_download"),
    path("lecture/", overview.readings, name="readings"),
    path(f"{READING}/", overview.reading, name="reading"),
    path(f"{READING}/themes/<slug:theme>/", overview.reading_theme, name="reading_theme"),
    path(f"{READING}/hors-sujet/", overview.reading_off, name="reading_off"),
    path(f"{READING}/croisements/", crossing.reading_crosstabs, name="reading_crosstabs"),
    path(f"{READING}/idees/<slug:key>/", passages.reading_idea, name="reading_idea"),
    path(f"{READING}/idees/<slug:key>/renommer/", acts.reading_idea_rename, name="reading_idea_rename"),
    path(f"{READING}/idees/<slug:key>/reunir/", acts.reading_idea_merge, name="reading_idea_merge"),
    path(f"{READING}/textes-repris/", passages.reading_echoes, name="reading_echoes"),
    path(f"{READING}/textes-repris/<slug:key>/", passages.reading_echo, name="reading_echo"),
    path(f"{READING}/textes/<int:number>/", passages.reading_statement, name="reading_statement"),
    path(f"{READING}/textes/<int:number>/defaire/", acts.reading_undo, name="reading_undo"),
    path(f"{READING}/recherche/", searching.reading_search, name="reading_search"),
    path(f"{READING}/a-relire/", pile.reading_pile, name="reading_pile"),
    path(f"{READING}/a-relire/defaire/", pile.reading_pile_undo, name="reading_pile_undo"),
    path(f"{READING}/corriger/", acts.reading_correct, name="reading_correct"),
    path(f"{READING}/regrouper/", acts.reading_group, name="reading_group"),
    path(f"{READING}/decisions/", runs.reading_decisions, name="reading_decisions"),
    path(f"{READING}/compte-rendu/", runs.reading_run, name="reading_run"),
    path(f"{READING}/avancement/", runs.reading_progress, name="reading_progress"),
    path(f"{READING}/lire/", runs.reading_now, name="reading_now"),
]
