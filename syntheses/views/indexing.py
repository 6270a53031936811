"""What search engines are told: which pages there are, and which are nobody's business."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from assises.access import anyone, public
from assises.accounts.models import Prefecture
from consultations.models import Consultation

ALWAYS = ("home", "departements", "privacy", "legal", "charter", "figures_meaning", "accessibility")
CLOSED_TO_ROBOTS = (
    "/compte/",
    "/ministere/",
    "/*/prefecture/",
    "/*/contribution/",
    "/*/*/reponse/",
    "/*/*/suivre/",
    "/*/*/ne-plus-suivre/",
    "/ma-contribution/",
    "/recherche/",
    "/l/",
)


@anyone
@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in CLOSED_TO_ROBOTS)]
    lines += ["", f"Sitemap: {settings.BASE_URL}{reverse('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@public
@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every public page: two statements, whatever the number of departments."""
    slugs = dict(Prefecture.objects.values_list("pk", "slug"))
    published = Consultation.objects.filter(state=Consultation.State.PUBLISHED).order_by("prefecture", "pk")
    paths = [reverse(name) for name in ALWAYS]
    paths += [reverse("departement", args=[slug]) for slug in slugs.values()]
    paths += [
        reverse("consultation", args=[slugs[code], campaign])
        for code, campaign in published.values_list("prefecture", "campaign__slug")
    ]
    addresses = [f"{settings.BASE_URL}{path}" for path in paths]
    return render(request, "syntheses/public/sitemap.xml", {"addresses": addresses}, content_type="application/xml")
