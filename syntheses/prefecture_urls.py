from django.urls import path

from syntheses.views import prefecture

SYNTHESIS = "syntheses/<slug:campaign>"
urlpatterns = [
    path("syntheses/", prefecture.syntheses, name="syntheses"),
    path(f"{SYNTHESIS}/", prefecture.synthesis, name="synthesis"),
    path(f"{SYNTHESIS}/nouvelle-version/", prefecture.synthesis_new_version, name="synthesis_new_version"),
    path(f"{SYNTHESIS}/valider/", prefecture.synthesis_validate, name="synthesis_validate"),
    path(f"{SYNTHESIS}/reprendre/", prefecture.synthesis_take_back, name="synthesis_take_back"),
    path(f"{SYNTHESIS}/transmettre/", prefecture.synthesis_transmit, name="synthesis_transmit"),
    path(f"{SYNTHESIS}/versions/<int:number>/", prefecture.synthesis_read, name="synthesis_read"),
    path(f"{SYNTHESIS}/versions/<int:number>/pdf/", prefecture.synthesis_download, name="synthesis_download"),
]
