from django.urls import path, register_converter
from django.urls.converters import StringConverter

from syntheses.views import indexing, public


class CodeConverter(StringConverter):
    """A department's code: no department's address begins with a digit."""

    regex = "[0-9][0-9A-Za-z-]*"


register_converter(CodeConverter, "code")

urlpatterns = [
    path("", public.home, name="home"),
    path("departements/", public.departements, name="departements"),
    path("robots.txt", indexing.robots, name="robots"),
    path("sitemap.xml", indexing.sitemap, name="sitemap"),
    path("recherche/", public.search_place, name="search_place"),
    path("<code:code>/", public.departement_by_code, name="departement_by_code"),
    path("<slug:departement>/", public.departement, name="departement"),
]
