"""`bin/bench submit`: the portal and the minimal project in turns, several rounds, then PROOF's table."""

import hashlib
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from bench.acts import Journal, MinimalSite, PortalSite
from bench.load import Act, Outcome, at_once
from bench.report import Goal, all_hold, percentile, ratios, spread, table
from bench.stage import MINIMAL, PORTAL, Site, Stage, stage

EMPTY, FULL, LEAST = "bench_empty", "bench_full", "bench_minimal"
AT_ONCE = 16


@dataclass
class Measured:
    """Rates, latencies and processor seconds by the name of what was measured, a value a round."""

    rates: dict[str, list[float]] = field(default_factory=dict)
    latencies: dict[str, list[float]] = field(default_factory=dict)
    cpu: dict[str, list[float]] = field(default_factory=dict)
    database_cpu: dict[str, list[float]] = field(default_factory=dict)
    troubles: list[str] = field(default_factory=list)

    def note(self, name: str, outcome: Outcome, *, cpu: float, database_cpu: float) -> None:
        self.rates.setdefault(name, []).append(outcome.rate)
        for act, found in outcome.latencies.items():
            self.latencies.setdefault(f"{name} {act}", []).extend(found)
        if outcome.done:
            self.cpu.setdefault(name, []).append(cpu / outcome.done)
            self.database_cpu.setdefault(name, []).append(database_cpu / outcome.done)
        self.troubles += [f"{name}: {what} ({times} fois)" for what, times in outcome.troubles.items()]


@dataclass
class Bench:
    stage: Stage
    seconds: float
    measured: Measured = field(default_factory=Measured)

    def measure(self, name: str, site: Site, act: Act) -> None:
        cpu, database_cpu = site.cpu(), self.stage.database_cpu()
        outcome = at_once(site.port, act, visitors=AT_ONCE, seconds=self.seconds)
        used = site.cpu() - cpu, self.stage.database_cpu() - database_cpu
        self.measured.note(name, outcome, cpu=used[0], database_cpu=used[1])
        say(f"  {name}: {outcome.rate:.0f}/s" + (f" – {dict(outcome.troubles)}" if outcome.troubles else ""))

    def measure_submissions(self, name: str, site: Site, portal: PortalSite) -> None:
        """The drafts are begun before, so that what is counted is two requests: the answers, and the sending."""
        drafts: list[str] = []
        began = at_once(site.port, lambda v: drafts.append(portal.begin(v)), visitors=AT_ONCE, seconds=self.seconds)
        self.measured.note(f"{name} (commencer)", began, cpu=0, database_cpu=0)
        self.measure(name, site, portal.submit_from(drafts))


def main(var: Path, *, rounds: int, seconds: float, stored: int) -> int:
    with stage(var) as made:
        prepared = prepare(made, stored)
        journal = Journal(var / "receipts.txt")
        sites = {
            "minimal": made.serve("minimal", MINIMAL, LEAST, DJANGO_SETTINGS_MODULE="bench.minimal.settings"),
            "vide": made.serve("vide", PORTAL, EMPTY),
        }
        if stored:
            sites["plein"] = made.serve("plein", PORTAL, FULL)
        bench = Bench(made, seconds)
        promised = PortalSite(prepared["start"], prepared["keys"], journal)
        unrecorded = PortalSite(prepared["start"], prepared["keys"])
        for number in range(rounds + 1):
            if number == 1:
                bench.measured = Measured()
            say(f"Tour {number} sur {rounds}" if number else "Tour d’échauffement")
            one_round(bench, sites, promised, unrecorded)
        journal.close()
        counts = made.ask_portal(EMPTY, "statements")
        truth = compared(made, var / "receipts.txt")
        goals = judged(bench.measured, counts, truth, stored)
    say("")
    say(table(goals))
    for trouble in bench.measured.troubles:
        say(f"Incident : {trouble}")
    return 0 if all_hold(goals) else 1


def one_round(bench: Bench, sites: dict[str, Site], promised: PortalSite, unrecorded: PortalSite) -> None:
    least = MinimalSite()
    drafts: list[str] = []
    at_once(sites["vide"].port, lambda v: drafts.append(promised.begin(v)), visitors=1, seconds=0.5)
    bench.measure("page minimale", sites["minimal"], least.page)
    bench.measure("page", sites["vide"], promised.page_of(drafts[0]))
    bench.measure("envoi minimal", sites["minimal"], least.submit)
    bench.measure_submissions("envoi", sites["vide"], promised)
    if "plein" in sites:
        bench.measure_submissions("envoi, plein", sites["plein"], unrecorded)


def prepare(made: Stage, stored: int) -> dict:
    say("Préparation des bases…")
    made.make_database(LEAST)
    made.run(
        LEAST, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0",
        DATABASE_URL=made.owner_of(LEAST), DJANGO_SETTINGS_MODULE="bench.minimal.settings",
    )  # fmt: skip
    app = made.servers.app_url.partition("://")[2].partition(":")[0]
    made.change(LEAST, f'GRANT ALL ON ALL TABLES IN SCHEMA public TO "{app}"')
    made.make_database(EMPTY)
    made.run(EMPTY, "manage.py", "migrate", "--verbosity", "0", as_owner=True)
    prepared = made.ask_portal(EMPTY, "prepare")
    if stored:
        made.make_database(FULL, template=EMPTY)
        said = made.run(
            FULL, "manage.py", "seed_contributions", "--consultation", prepared["consultation"], "--count", str(stored)
        )
        say(f"  {said.strip()}")
    for name in (EMPTY, FULL, LEAST) if stored else (EMPTY, LEAST):
        made.change(name, "VACUUM ANALYZE")
    return prepared


def compared(made: Stage, journal: Path) -> dict[str, int]:
    """The promises that were kept outside, against the rows that another role reads."""
    made.ask_portal(EMPTY, "seal")
    codes = journal.read_text("ascii").split()
    promised = {hashlib.sha256(code.encode()).hexdigest() for code in codes}
    stored = {found for (found,) in made.rows(EMPTY, "SELECT receipt_hash FROM contributions_contribution")}
    [(entries, leaves)] = made.rows(
        EMPTY, "SELECT (SELECT count(*) FROM contributions_logentry), (SELECT count(*) FROM contributions_leaf)"
    )
    return {
        "receipts": len(codes),
        "rows": len(stored),
        "entries": entries,
        "leaves": leaves,
        "lost": len(promised - stored),
        # A visitor whose answer was not read in time was promised nothing; more than the statement count sends is odd.
        "twice": len(codes) - len(promised),
    }


def judged(measured: Measured, counts: dict[str, int], truth: dict[str, int], stored: int) -> list[Goal]:
    rates = measured.rates
    pages, submissions = ratios(rates["page"], rates["page minimale"]), ratios(rates["envoi"], rates["envoi minimal"])
    p95 = percentile(measured.latencies["envoi send"], 0.95) * 1000
    both = [a + b for a, b in zip(measured.latencies["envoi step"], measured.latencies["envoi send"], strict=False)]
    sent, shown = against(rates, "envoi", "envoi minimal"), against(rates, "page", "page minimale")
    kept_by = f"et {counts['step']} pour garder les réponses"
    goals = [
        Goal("envois/s, contre Django minimal", median(submissions), 0.33, 0.5, note=sent),
        Goal("pages/s, contre une page minimale", median(pages), 0.4, 0.5, note=shown),
        Goal("requêtes SQL, page", counts["page"], 3, 1, at_most=True),
        Goal("requêtes SQL, envoi", counts["send"], 10, 7, at_most=True, note=kept_by),
    ]
    if stored:
        kept = ratios(rates["envoi, plein"], rates["envoi"])
        note = against(rates, "envoi, plein", "envoi")
        goals.append(Goal(f"envois/s avec {stored} contributions, contre vide", median(kept), 0.9, 0.98, note=note))
    ours, theirs = median(measured.cpu["envoi"]) * 1000, median(measured.cpu["envoi minimal"]) * 1000
    base = median(measured.database_cpu["envoi"]) * 1000
    return [
        *goals,
        Goal(f"p95 de l’envoi, {AT_ONCE} à la fois", p95, None, 50, "ms", at_most=True),
        Goal("p95 des deux pas ensemble", percentile(both, 0.95) * 1000, unit="ms"),
        Goal("processeur par envoi, web", ours, unit="ms", note=f"minimal : {theirs:.1f} ms"),
        Goal("processeur par envoi, base", base, unit="ms"),
        Goal("attestations perdues", truth["lost"], 0, at_most=True, note=str(truth)),
        Goal("lignes moins entrées du registre", abs(truth["rows"] - truth["entries"]), 0, at_most=True),
        Goal("entrées non scellées", truth["entries"] - truth["leaves"], 0, at_most=True),
    ]


def against(rates: dict[str, list[float]], ours: str, theirs: str) -> str:
    return f"{spread(rates[ours])} contre {spread(rates[theirs])} par seconde"


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()
