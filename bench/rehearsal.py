"""`bin/bench rehearsal`: the peak hour, so many submissions a second for so many minutes, then the count."""

from pathlib import Path

from bench.acts import Journal, PortalSite
from bench.load import each_second
from bench.report import Goal, all_hold, percentile, table
from bench.stage import PORTAL, stage
from bench.submit import EMPTY, compared, prepare, say

VISITORS = 64
LONGEST_MINUTES = 60
KEPT_UP = 0.98


def main(var: Path, *, rate: float, minutes: float) -> int:
    minutes = min(minutes, LONGEST_MINUTES)
    with stage(var) as made:
        prepared = prepare(made, 0)
        site = made.serve("vide", PORTAL, EMPTY)
        journal = Journal(var / "rehearsal.txt")
        portal = PortalSite(prepared["start"], prepared["keys"], journal)
        portal.is_synced = True
        say(f"{rate:g} contributions par seconde pendant {minutes:g} minutes…")
        outcome = each_second(site.port, portal.whole_way, rate=rate, visitors=VISITORS, seconds=minutes * 60)
        journal.close()
        truth = compared(made, var / "rehearsal.txt")
    wanted = rate * minutes * 60
    times = outcome.latencies
    goals = [
        Goal("contributions reçues par seconde", outcome.rate, rate * KEPT_UP, rate),
        Goal("reçues, sur celles qui étaient prévues", outcome.done / wanted if wanted else 1, 1, 1),
        Goal("incidents", sum(outcome.troubles.values()), 0, 0, at_most=True, note=str(dict(outcome.troubles))),
        *(Goal(f"p95 {name}", percentile(found, 0.95) * 1000, unit="ms") for name, found in sorted(times.items())),
        Goal("attestations sans ligne", truth["lost"], 0, at_most=True, note=str(truth)),
        Goal("lignes sans attestation", truth["rows"] - truth["receipts"], 0, at_most=True),
        Goal("lignes moins entrées du registre", abs(truth["rows"] - truth["entries"]), 0, at_most=True),
        Goal("entrées non scellées", truth["entries"] - truth["leaves"], 0, at_most=True),
    ]
    say(table(goals))
    return 0 if all_hold(goals) else 1
