"""Signs of life for operators and load balancers."""

from typing import Any

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from assises import metrics
from assises.access import anyone
from assises.celery import app
from assises.jobs import heartbeat, run

LONGEST_SILENCE_SECONDS = 180
LONGEST_WAIT_SECONDS = 600


@anyone
def live(request: HttpRequest) -> HttpResponse:
    """This process answers; nothing else is asked."""
    return HttpResponse("ok\n", content_type="text/plain")


@anyone
def ready(request: HttpRequest) -> JsonResponse:
    """Database and broker answer, the sweep runs, no job waits for long. A broker that is down degrades, no more."""
    facts: dict[str, Any] = {
        "database": False,
        "broker": broker_answers(),
        "sweep_seconds": None,
        "oldest_job_seconds": 0,
    }
    try:
        silence, oldest = heartbeat.silence("sweep"), run.oldest_due()
        facts["database"] = True
        facts["sweep_seconds"] = round(silence.total_seconds()) if silence else None
        facts["oldest_job_seconds"] = round((timezone.now() - oldest).total_seconds()) if oldest else 0
    except Error:
        connection.close()
    beat_lives = facts["sweep_seconds"] is not None and facts["sweep_seconds"] < LONGEST_SILENCE_SECONDS
    jobs_flow = facts["oldest_job_seconds"] < LONGEST_WAIT_SECONDS
    facts["beat"] = beat_lives
    is_ready = all([facts["database"], facts["broker"], beat_lives, jobs_flow])
    return JsonResponse({"ready": is_ready, **facts}, status=200 if is_ready else 503)


def broker_answers() -> bool:
    try:
        with app.connection_for_read(connect_timeout=1) as broker:
            broker.ensure_connection(max_retries=1, timeout=1)
            broker.default_channel.client.ping()
    except Exception:  # noqa: BLE001 (whatever the broker's failure, the answer is no)
        return False
    return True


@anyone
def metrics_page(request: HttpRequest) -> HttpResponse:
    """For Prometheus, by token."""
    given = request.headers.get("Authorization", "").removeprefix("Bearer ")
    if not constant_time_compare(given, settings.METRICS_TOKEN):
        return HttpResponse("Jeton absent ou faux.\n", status=401, content_type="text/plain; charset=utf-8")
    return HttpResponse(metrics.page(), content_type="text/plain; version=0.0.4; charset=utf-8")
