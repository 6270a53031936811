"""Logs that can be kept: one event a line, the route instead of the address, never a receipt code."""

import json
import logging
import re
import time
from collections.abc import Callable
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from assises import metrics

# A department's code, then groups of the letters that codes are made of: 02-7KQF-M3XD-9R2T
RECEIPT_CODE = re.compile(r"\b(?:\d{2,3}|2[AB])(?:-[0-9A-Z]{4}){2,6}\b", re.IGNORECASE)
access = logging.getLogger("assises.access")


def scrub(text: str) -> str:
    """The same text without receipt codes: whoever has a code has the contribution."""
    return RECEIPT_CODE.sub("[code]", text)


class PlainFormatter(logging.Formatter):
    """For people: time, level, message."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s", datefmt="%H:%M:%S")

    def format(self, record: logging.LogRecord) -> str:
        return scrub(super().format(record))


class JsonFormatter(logging.Formatter):
    """For machines: one object a line."""

    def format(self, record: logging.LogRecord) -> str:
        event = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": scrub(record.getMessage()),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            event["trace"] = scrub(self.formatException(record.exc_info))
        return json.dumps(event, ensure_ascii=False)


class AccessLogMiddleware:
    """One line a request, with the URL's pattern in place of its values."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        response = self.get_response(request)
        seconds = time.perf_counter() - started
        match = request.resolver_match
        route = match.route if match else "-"
        metrics.count_request(request.method or "", match.view_name if match else "-", response.status_code, seconds)
        facts = {"method": request.method, "route": route, "status": response.status_code, "ms": round(seconds * 1000)}
        access.info("%(method)s /%(route)s %(status)s %(ms)s ms", facts, extra={"facts": facts})
        return response
