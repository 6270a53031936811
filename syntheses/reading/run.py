"""The job: take, analyse, keep, count, in the transaction that marks the run as done.

A worker that dies leaves nothing; the next one reads the same rows, up to the same moment, and writes the same result.
"""

import hashlib
from functools import lru_cache
from pathlib import Path
from time import monotonic
from typing import Any

from assises.jobs.progress import Reporter
from assises.jobs.registry import Job, Routine, register, register_routine
from consultations.models import Consultation
from contributions.models import LogEntry
from syntheses import analysis
from syntheses.analysis.run import analyse
from syntheses.models import Analysis
from syntheses.reading import keep, more, take
from syntheses.reading.owe import OVERLAP, events_of, owe_readings, owing
from syntheses.reading.tallies import keep_tallies

# How the hundred parts of the progress are shared out.
TAKEN, ANALYSED, KEPT, ALL = 10, 80, 95, 100


def read(row: Analysis) -> None:
    """Read what one consultation has received, and keep how it was read."""
    began = monotonic()
    consultation = Consultation.objects.select_related("prefecture").get(pk=row.consultation_id)
    reporter = Reporter(READ.name, str(consultation.pk))
    reporter.report(0, ALL, "Les textes sont réunis")
    # Counted first: what is recorded while the texts are read is found by the next sweep.
    recent, events = recent_entries(consultation, row), events_of(consultation)
    if row.extent == Analysis.Extent.NEW:
        manifest, memory = more.read_new(consultation, row, reporter)
    else:
        manifest, memory = read_whole(consultation, row, reporter)
        manifest["events"] = events
    reporter.report(ALL, ALL, "Tout est lu")
    runs = Analysis.objects.for_prefecture(row.prefecture_id).filter(consultation=consultation)
    if memory is not None:
        # What former runs remember may hold words of what was withdrawn since.
        runs.exclude(memory=None).update(memory=None)
    facts = {"manifest": manifest, "memory": memory, "recent": recent, "seconds": round(monotonic() - began, 2)}
    runs.filter(pk=row.pk).update(**facts)


def read_whole(consultation: Consultation, row: Analysis, reporter: Reporter) -> tuple[dict[str, Any], Any]:
    taken = take.take(consultation, row.read_until)
    fingerprint = take.fingerprint(taken)

    def report(done: int, total: int, step: str) -> None:
        reporter.report(TAKEN + (ANALYSED - TAKEN) * done // max(total, 1), ALL, step)

    report(0, 1, "Les textes sont lus")
    result = analyse(taken.said, taken.themes, taken.decisions, report)
    reporter.report(ANALYSED, ALL, "Le résultat est enregistré")
    rows = {one.name: one.row for one in taken.said}
    keep.keep_readings(consultation, result.readings)
    keep.keep_echoes(consultation, result.echoes, taken.acts)
    keep.keep_ideas(consultation, result.ideas, rows)
    reporter.report(KEPT, ALL, "Les nombres sont comptés")
    keep_tallies(consultation, taken.acts, taken.states, result.readings)
    manifest = {
        "input": fingerprint,
        "code": code_print(),
        "parameters": dict(result.parameters),
        "output": keep.print_of(result.readings, result.ideas),
        "contributions": len(taken.acts),
        "statements": len(taken.said),
        "passages": len(result.readings),
        "echoes": len(result.echoes),
        "ideas": len(result.ideas),
    }
    return manifest, dict(result.memory)


def recent_entries(consultation: Consultation, row: Analysis) -> int:
    entries = LogEntry.objects.for_prefecture(consultation.prefecture_id).filter(consultation=consultation)
    return entries.filter(recorded_at__gt=row.read_until - OVERLAP, recorded_at__lte=row.read_until).count()


@lru_cache(maxsize=1)
def code_print() -> str:
    """Which version of the method: two runs of the same code on the same input end in the same bytes."""
    digest = hashlib.sha256()
    folder = Path(analysis.__file__).parent
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts):
        digest.update(str(path.relative_to(folder)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


READ = register(Job(name="syntheses.read", model=Analysis, perform=read, label="Lecture des contributions", attempts=6))
UNREAD = register_routine(
    Routine(name="syntheses.unread", owing=owing, perform=owe_readings, label="Contributions à lire")
)
