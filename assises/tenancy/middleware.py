"""One request, one transaction: it covers rendering and rolls back on any server error."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.http import HttpRequest, HttpResponse

from assises import errors

from .context import NOBODY, scoped

logger = logging.getLogger(__name__)


class StreamedResponseError(RuntimeError):
    """A streamed body is written after the transaction: it would read without its tenant."""


class TransactionMiddleware:
    """Owns the request's transaction. `assises.accounts.gate` says inside it who may see what."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path_info.startswith(settings.PATHS_WITHOUT_DATABASE):
            return self.get_response(request)
        try:
            with scoped(NOBODY):
                response = self.get_response(request)
                if response.streaming:
                    raise StreamedResponseError(request.resolver_match.view_name)
                if response.status_code >= 500:  # noqa: PLR2004
                    transaction.set_rollback(True)
        except (OperationalError, InterfaceError):
            logger.exception("The database did not answer")
            return errors.unavailable(request)
        return response
