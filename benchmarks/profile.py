"""Shows where one operation spends its time: `python -m benchmarks.profile list --referrals 10000`.

It runs inside one process on the data set, as the web server would call it, under cProfile.
"""

import argparse
import subprocess
import sys

from benchmarks.datasets import DataSet
from benchmarks.fill import add_options, fill
from benchmarks.operations import OPERATIONS


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.profile", description=__doc__)
    parser.add_argument("operation", choices=sorted(OPERATIONS))
    parser.add_argument("--requests", type=int, default=200)
    parser.add_argument("--sort", default="tottime", choices=("tottime", "cumtime", "ncalls"))
    parser.add_argument("--lines", type=int, default=40)
    add_options(parser)
    options = parser.parse_args()
    data = DataSet(options.teams, options.referrals)
    fill(data, migrate=options.migrate)
    words = [options.operation, str(options.requests), options.sort, str(options.lines)]
    with data.running() as environment:
        command = [sys.executable, "-m", "benchmarks.within", "benchmarks.profiling", *words]
        done = subprocess.run(command, env=environment, check=False)  # noqa: S603 -- our own module
    sys.exit(done.returncode)


if __name__ == "__main__":
    main()
