from django.urls import path

from syntheses.views import ministry

SYNTHESIS = "syntheses/<slug:campaign>/<slug:code>"
urlpatterns = [
    path("syntheses/", ministry.ministry_syntheses, name="ministry_syntheses"),
    path(f"{SYNTHESIS}/", ministry.ministry_synthesis, name="ministry_synthesis"),
    path(f"{SYNTHESIS}/accuser-reception/", ministry.synthesis_acknowledge, name="synthesis_acknowledge"),
    path(f"{SYNTHESIS}/renvoyer/", ministry.synthesis_return, name="synthesis_return"),
    path(f"{SYNTHESIS}/versions/<int:number>/", ministry.ministry_synthesis_read, name="ministry_synthesis_read"),
    path(
        f"{SYNTHESIS}/versions/<int:number>/pdf/",
        ministry.ministry_synthesis_download,
        name="ministry_synthesis_download",
    ),
]
