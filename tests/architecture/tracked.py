"""The files of the checkout that are, or would be, committed."""

import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]


@cache
def tracked() -> tuple[Path, ...]:
    """From git where there is one (new files too), else everything but what a run makes."""
    command = ["git", "-C", str(ROOT), "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, capture_output=True, check=False)
    if listed.returncode == 0:
        paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    else:
        made = {
            "var",
            ".venv",
            ".cache",
            ".git",
            ".hypothesis",
            "__pycache__",
            "node_modules",
            "dist",
            ".tanstack",
        }
        paths = [path for path in ROOT.rglob("*") if not made & set(path.relative_to(ROOT).parts)]
    return tuple(sorted(path for path in paths if path.is_file()))


def text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace")
