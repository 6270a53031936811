from django.urls import path

from contributions.views import requests, watching

urlpatterns = [
    path("demandes/", requests.requests, name="requests"),
    path("demandes/<int:number>/", requests.request_decide, name="request_decide"),
    path("concertations/<slug:campaign>/a-regarder/", watching.withheld, name="withheld"),
    path("concertations/<slug:campaign>/a-regarder/<int:number>/", watching.look_at, name="look_at"),
    path("concertations/<slug:campaign>/affluence/", watching.surge, name="surge"),
]
