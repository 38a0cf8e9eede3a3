"""Runs a module of the benchmarks inside the service: `python -m benchmarks.within benchmarks.filling ...`.

Models can be imported only once Django is set up, and Django only once its environment says where the data is.
"""

import runpy
import sys

import django

if __name__ == "__main__":
    django.setup()
    sys.argv = sys.argv[1:]
    runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
