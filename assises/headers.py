"""Headers that Django does not set."""

from collections.abc import Callable

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponse

PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
        "xr-spatial-tracking",
    )
)
# The pages that search engines may show; an answer, an attestation or a staff page never is.
INDEXED = {
    "home",
    "departements",
    "departement",
    "consultation",
    "attachment",
    "privacy",
    "privacy_departement",
    "legal",
    "charter",
    "figures_meaning",
    "accessibility",
}
OK = 200


class HeadersMiddleware:
    """django-csp spells the policy; no page has one of its own, so it does so once and not at every answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        self.policy = build_policy()

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response.headers.setdefault(HEADER, self.policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        access = getattr(request, "access", None)
        if access and access.needs_account:
            response.headers.setdefault("Cache-Control", "no-store, private")
        match = getattr(request, "resolver_match", None)
        if response.status_code != OK or match is None or match.url_name not in INDEXED:
            response.headers.setdefault("X-Robots-Tag", "noindex")
        return response
