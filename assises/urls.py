"""The portal's addresses. Every view declares who may open it (assises/access.py), or the build fails."""

from django.conf import settings
from django.urls import include, path

from assises import health
from assises.look.views import components
from consultations.views.public import short_link

handler400 = "assises.errors.bad_request"
handler403 = "assises.errors.forbidden"
handler404 = "assises.errors.not_found"
handler500 = "assises.errors.server_error"

urlpatterns = [
    # First, since most requests are for it, and each pattern that is tried before costs them all.
    path("<slug:departement>/<slug:campaign>/reponse/<slug:draft>/", include("contributions.answering_urls")),
    path("sante/", health.live, name="health_live"),
    path("sante/pret/", health.ready, name="health_ready"),
    path("composants/", components, name="components"),
    path("metrics/", health.metrics_page, name="metrics"),
    path("compte/", include("assises.accounts.account_urls")),
    path("ministere/", include("assises.accounts.ministry_urls")),
    path("ministere/", include("consultations.ministry_urls")),
    path("ministere/", include("syntheses.ministry_urls")),
    path("ma-contribution/", include("contributions.national_urls")),
]
if settings.DEMO:
    urlpatterns.append(path("demo/courriels/", include("assises.outbox.demo_urls")))
urlpatterns += [
    path("l/<slug:name>/", short_link, name="short_link"),
    path("", include("assises.legal.urls")),
    path("", include("syntheses.public_urls")),
    path("<slug:departement>/", include("assises.accounts.departement_urls")),
    path("<slug:departement>/prefecture/", include("consultations.prefecture_urls")),
    path("<slug:departement>/prefecture/", include("contributions.prefecture_urls")),
    path("<slug:departement>/", include("consultations.public_urls")),
    path("<slug:departement>/", include("contributions.public_urls")),  # last: a campaign may have any name
    path("<slug:departement>/prefecture/", include("syntheses.prefecture_urls")),
]
