"""`bin/bench submit`, `bin/bench rehearsal`, `bin/bench analysis`."""

import argparse
import os
import sys
from pathlib import Path

from assises.embedded.problems import CannotRunError
from bench import analysis, rehearsal, submit
from bench.stage import ROOT


def main() -> int:
    parser = argparse.ArgumentParser(prog="bin/bench", description="Mesure le portail, sur des serveurs à lui.")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("submit", help="pages et envois par seconde, contre un Django minimal")
    one.add_argument("--rounds", type=int, default=5)
    one.add_argument("--seconds", type=float, default=5, help="durée d’une mesure")
    one.add_argument("--stored", type=int, default=100_000, help="contributions de la base pleine")
    other = commands.add_parser("rehearsal", help="l’heure de pointe")
    other.add_argument("--rate", type=float, default=30, help="contributions par seconde")
    other.add_argument("--minutes", type=float, default=10)
    third = commands.add_parser("analysis", help="lire 161, 10 000, 100 000 et 101 fois 20 000 contributions")
    third.add_argument("--sizes", type=int, nargs="+", default=list(analysis.GOALS), help="combien de contributions")
    given = parser.parse_args()
    var = Path(os.environ.get("VAR_DIR") or ROOT / "var") / "bench"
    try:
        if given.command == "submit":
            return submit.main(var, rounds=given.rounds, seconds=given.seconds, stored=given.stored)
        if given.command == "analysis":
            return analysis.main(var, given.sizes)
        return rehearsal.main(var, rate=given.rate, minutes=given.minutes)
    except CannotRunError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
