"""Who changed what, and from which page: written by database triggers, with the row, for its own tenant."""

from typing import Any

import pghistory.middleware
from django.conf import settings
from django.http import HttpRequest, HttpResponse


class HistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Without a session there is nobody to name, and a visitor's statements are spared the telling."""
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return self.get_response(request)
        return super().__call__(request)

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        if not request.user.is_authenticated:
            return {}  # a visitor's address may hold a code, and the context goes into statements
        return {"person": request.user.pk, "name": request.user.get_full_name(), "page": request.path}
