"""`bin/bench analysis`: from rows to rows, by real workers on the machine's cores; time, and memory of all processes.

Twenty thousand contributions a department are invented for five of them and copied, under other keys, to the others:
each department is read on its own.
"""

import subprocess
import time
from collections.abc import Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread
from typing import Any

from assises.embedded.pieces import Portal
from bench.copies import copy
from bench.report import Goal, all_hold, table
from bench.stage import ROOT, Stage, family, seconds_of, stage
from bench.submit import say

DATABASE = "bench_analysis"
COUNTRY, DEPARTMENT = 2_000_000, 20_000
INVENTED = 5
FACTS = {"statements": "textes", "passages": "passages", "ideas": "idées", "echoes": "échos"}
# Size: (seconds that must hold, seconds aimed at, megabytes that must hold, megabytes aimed at).
GOALS = {
    161: (2.0, 1.0, None, None),
    10_000: (8.0, 3.0, None, None),
    100_000: (25.0, 9.0, 1_500, 800),
    COUNTRY: (150.0, 60.0, 2_500, 1_500),
}


@dataclass(frozen=True)
class Measured:
    size: int
    seconds: float
    megabytes: float
    cpu: float
    facts: str


def main(var: Path, sizes: Sequence[int]) -> int:
    with stage(var) as made:
        made.make_database(DATABASE)
        made.run(DATABASE, "manage.py", "migrate", "--verbosity", "0", as_owner=True)
        measured = [one_size(made, size) for size in sizes]
    goals = judged(measured)
    say("")
    say(table(goals))
    return 0 if all_hold(goals) else 1


def one_size(made: Stage, size: int) -> Measured:
    codes = departments(made, size)
    fill(made, f"banc-{size}", codes, size)
    made.change(DATABASE, "VACUUM ANALYZE")
    with workers(made) as pids, peak(pids) as memory:
        cpu, began = sum(map(seconds_of, pids())), time.monotonic()
        made.run(DATABASE, "-m", "bench.reading", "ask", *codes)
        wait_until_done(made, len(codes))
        seconds, cpu = time.monotonic() - began, sum(map(seconds_of, pids())) - cpu
    facts = facts_of(made, codes)
    say(f"  {size} contributions : {seconds:.1f} s, {memory[0]:.0f} Mo au plus, {cpu:.0f} s de processeur ; {facts}")
    return Measured(size, seconds, memory[0], cpu, facts)


def departments(made: Stage, size: int) -> list[str]:
    rows = made.rows(DATABASE, "SELECT code FROM accounts_prefecture WHERE kind <> 'collectivite' ORDER BY code")
    codes = [code for (code,) in rows]
    return codes[:101] if size > DEPARTMENT * INVENTED else ["02"]


def fill(made: Stage, campaign: str, codes: Sequence[str], size: int) -> None:
    made.run(DATABASE, "-m", "bench.reading", "prepare", campaign, *codes)
    invented = codes[:INVENTED]
    each = size if len(codes) == 1 else DEPARTMENT
    for seed, code in enumerate(invented, 1):
        arguments = ("--consultation", f"{code}/{campaign}", "--count", str(each), "--seed", str(seed))
        say(f"  {code} : {made.run(DATABASE, 'manage.py', 'seed_contributions', *arguments).strip()}")
    for place, code in enumerate(codes[INVENTED:]):
        copy(made, DATABASE, campaign, origin=invented[place % INVENTED], code=code)
    if len(codes) > 1:
        say(f"  copiées dans {len(codes) - INVENTED} autres départements")


@contextmanager
def workers(made: Stage) -> Any:
    """Celery's, as many as there are cores; gives the processes whose memory counts: theirs and the servers'."""
    portal = Portal(ROOT, made.environment(DATABASE))
    command = portal.jobs()
    with (made.var / "jobs.log").open("wb") as output:
        process = subprocess.Popen(
            [*command.argv],
            cwd=ROOT,
            env=dict(command.environment),
            stdout=output,
            stderr=output,
            stdin=subprocess.DEVNULL,
        )
    try:
        wait_for_words(made.var / "jobs.log", "ready")
        servers = [running.process.pid for running in made.servers.started.values()]
        yield lambda: [pid for root in (process.pid, *servers) for pid in family(root)]
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=20)
        process.kill()


@contextmanager
def peak(pids: Any) -> Any:
    """The most memory that all processes held together, in megabytes; what they share is counted once."""
    highest, ended = [0.0], Event()

    def watch() -> None:
        while not ended.wait(0.5):
            highest[0] = max(highest[0], sum(map(megabytes_of, pids())))

    thread = Thread(target=watch, daemon=True)
    thread.start()
    yield highest
    ended.set()
    thread.join()


def megabytes_of(pid: int) -> float:
    with suppress(OSError, IndexError, ValueError):
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


def wait_for_words(log: Path, words: str) -> None:
    limit = time.monotonic() + 60
    while words not in log.read_text(encoding="utf-8", errors="replace") and time.monotonic() < limit:
        time.sleep(0.2)


def wait_until_done(made: Stage, runs: int) -> None:
    query = "SELECT count(*), count(*) FILTER (WHERE done_at IS NULL), max(last_error) FROM syntheses_analysis"
    limit = time.monotonic() + 3_000
    while time.monotonic() < limit:
        [(begun, left, error)] = made.rows(DATABASE, query)
        if begun >= runs and not left:
            return
        if error:
            raise RuntimeError(error)
        time.sleep(0.2)
    raise TimeoutError(f"{left} of {begun} are not done")


def facts_of(made: Stage, codes: Sequence[str]) -> str:
    sums = ", ".join(f"sum((manifest->>'{fact}')::int)" for fact in FACTS)
    last = f"SELECT manifest FROM syntheses_analysis ORDER BY id DESC LIMIT {len(codes)}"  # noqa: S608 (a number)
    [numbers] = made.rows(DATABASE, f"SELECT {sums} FROM ({last}) AS last")  # noqa: S608 (names are ours)
    return ", ".join(f"{number} {name}" for name, number in zip(FACTS.values(), numbers, strict=True))


def judged(measured: Sequence[Measured]) -> list[Goal]:
    goals = []
    for one in measured:
        must, aim, most, wanted = GOALS.get(one.size, (None, None, None, None))
        goals.append(Goal(f"{one.size} contributions", one.seconds, must, aim, "s", at_most=True, note=one.facts))
        goals.append(Goal("  mémoire de tous les processus", one.megabytes, most, wanted, "Mo", at_most=True))
    return goals
