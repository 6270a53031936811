"""Figures for Prometheus: requests from every web process, and what the database knows at the moment of asking."""

import os
from collections.abc import Iterator

from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest, multiprocess
from prometheus_client.core import GaugeMetricFamily

REQUESTS = Counter("assises_requests", "Requests answered", ["method", "view", "status"])
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
SECONDS = Histogram(
    "assises_request_seconds", "Time to answer", ["view"], buckets=(0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10)
)


def count_request(method: str, view: str, status: int, seconds: float) -> None:
    method = method if method in METHODS else "OTHER"  # a visitor may invent any
    REQUESTS.labels(method, view, str(status)).inc()
    SECONDS.labels(view).observe(seconds)


class Ground:
    """Jobs and heartbeat, read at each scrape."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        from assises.jobs import heartbeat, run

        due = GaugeMetricFamily("assises_jobs_due", "Rows due now", labels=["job"])
        oldest = GaugeMetricFamily("assises_jobs_oldest_seconds", "Age of the oldest row due", labels=["job"])
        for name, owing in run.all_owing().items():
            due.add_metric([name], sum(rows for _, _, rows in owing))
            ages = [(timezone.now() - moment).total_seconds() for _, moment, _ in owing]
            oldest.add_metric([name], max(ages, default=0))
        silence = heartbeat.silence("sweep")
        beat = GaugeMetricFamily("assises_sweep_age_seconds", "Time since the last sweep")
        beat.add_metric([], silence.total_seconds() if silence else float("inf"))
        yield from (due, oldest, beat)


def page() -> bytes:
    registry = CollectorRegistry()
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        multiprocess.MultiProcessCollector(registry)
    else:
        registry.register(REQUESTS)
        registry.register(SECONDS)
    registry.register(Ground())
    return generate_latest(registry)
