"""Who changed what, and from which page: written by database triggers, with the row, for its own tenant."""

from typing import Any

import pghistory.middleware
from django.http import HttpRequest


class HistoryMiddleware(pghistory.middleware.HistoryMiddleware):
    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        if not request.user.is_authenticated:
            return {}  # a visitor's address may hold a code, and the context goes into statements
        return {"person": request.user.pk, "name": request.user.get_full_name(), "page": request.path}
