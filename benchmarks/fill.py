"""Makes a data set: `python -m benchmarks.fill --teams 7 --referrals 100000`. A finished one is kept and used again.

It is made anew when a migration or the generator has changed; `--migrate` brings it up to date as it is.
"""

import argparse
import subprocess
import sys

from benchmarks.datasets import DataSet, shape
from benchmarks.telling import say, unwind_when_told_to_stop


def fill(data: DataSet, *, migrate: bool = False) -> None:
    """Make the data set unless it is there. Raises when it cannot be made; a part of one is made anew."""
    if data.is_filled():
        return
    keep, state = migrate and data.stamp.exists(), shape()
    if not keep:
        data.remove()
        data.folder.mkdir(parents=True)
    say(f"{data.name}: {'migrating' if keep else 'making'}")
    with data.running() as environment:
        _run(environment, "backend", "migrate", "--verbosity", "0")
        if not keep:
            _run(environment, "benchmarks.within", "benchmarks.filling", str(data.teams), str(data.referrals))
    data.stamp.write_text(state, encoding="ascii")
    say(f"{data.name}: done")


def _run(environment: dict[str, str], *words: str) -> None:
    done = subprocess.run([sys.executable, "-m", *words], env=environment, check=False)  # noqa: S603 -- our own module
    if done.returncode != 0:
        raise SystemExit("The data set could not be made; see above.")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Let a command say which data set it means."""
    parser.add_argument("--teams", type=int, default=7)
    parser.add_argument("--referrals", type=int, default=100_000)
    parser.add_argument("--migrate", action="store_true", help="keep the rows, apply new migrations")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fill", description=__doc__)
    add_options(parser)
    options = parser.parse_args()
    unwind_when_told_to_stop()
    fill(DataSet(options.teams, options.referrals), migrate=options.migrate)


if __name__ == "__main__":
    main()
