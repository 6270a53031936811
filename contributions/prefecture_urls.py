from django.urls import path

from contributions.views import bodies, requests, watching

urlpatterns = [
    path("demandes/", requests.requests, name="requests"),
    path("demandes/<int:number>/", requests.request_decide, name="request_decide"),
    path("concertations/<slug:campaign>/a-regarder/", watching.withheld, name="withheld"),
    path("concertations/<slug:campaign>/a-regarder/<int:number>/", watching.look_at, name="look_at"),
    path("concertations/<slug:campaign>/affluence/", watching.surge, name="surge"),
    path("concertations/<slug:campaign>/organismes/", bodies.bodies, name="bodies"),
    path("concertations/<slug:campaign>/organismes/<int:number>/", bodies.enclosure_read, name="enclosure_read"),
]
