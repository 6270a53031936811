"""What every page may know: the demo band, whose page it is, who is logged in, where one can go."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from assises.navigation import navigation_for


def page(request: HttpRequest) -> dict[str, Any]:
    access = getattr(request, "access", None)
    user = getattr(request, "user", None)
    return {
        "demo": settings.DEMO,
        "portal_name": settings.PORTAL_NAME,
        "canonical": settings.BASE_URL + request.path,
        "audience": access.audience if access else "",
        "prefecture": getattr(request, "prefecture", None),
        "person": user if access and access.needs_account and user and user.is_authenticated else None,
        "navigation": navigation_for(request),
    }
