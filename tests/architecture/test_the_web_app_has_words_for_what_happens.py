"""Whatever the log or a notification may say of what happened, the web app says in words of its own."""

import ast
import re
from collections.abc import Iterator
from functools import cache

from backend.referrals.stepping import DONE, QUIET
from tests.architecture.source import ROOT, modules, tree

WEB = ROOT / "web" / "src"
SAID = re.compile(r"[a-z_]+\.[a-z_]+")
WORD = re.compile(r'^ {2}"([a-z_]+\.[a-z_]+)": ', re.MULTILINE)
ACTS = {"act", "record", "record_list", "record_failed"}
TELLS = "_?tell(_[a-z_]+)?"
# What no call spells out.
OPENED = {"case.opened", "case.proposed"}


def said_by(call: ast.Call, meant: dict[str, set[str]]) -> Iterator[str]:
    """Yield the verbs or kinds that a call is given, by themselves or by a name that was given to them."""
    given = [*call.args, *(one.value for one in call.keywords if one.arg in {"kind", "verb"})]
    for one in given:
        yield from texts(one)
        for part in ast.walk(one):
            yield from meant.get(getattr(part, "id", ""), ())


def texts(node: ast.AST) -> set[str]:
    """Return what reads like a verb: outright, or as one of two."""
    found = (one.value for one in ast.walk(node) if isinstance(one, ast.Constant))
    return {one for one in found if isinstance(one, str) and SAID.fullmatch(one)}


def names(module: ast.Module) -> dict[str, set[str]]:
    """Return what each name of a module may stand for."""
    found: dict[str, set[str]] = {}
    for node in ast.walk(module):
        if isinstance(node, ast.Assign | ast.AnnAssign) and isinstance(node.value, ast.Constant | ast.IfExp):
            for one in node.targets if isinstance(node, ast.Assign) else [node.target]:
                if isinstance(one, ast.Name):
                    found.setdefault(one.id, set()).update(texts(node.value))
    return found


@cache
def said_in(called: str) -> frozenset[str]:
    """Return what stands in calls of the functions whose name meets `called`."""
    found: set[str] = set()
    for path in modules():
        meant = names(tree(path))
        for node in ast.walk(tree(path)):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", "") or getattr(node.func, "attr", "")
            if re.fullmatch(called, name):
                found |= set(said_by(node, meant))
    return frozenset(found)


def words(*files: str) -> set[str]:
    return {one for name in files for one in WORD.findall((WEB / name).read_text(encoding="utf-8"))}


def steps(*but: str) -> set[str]:
    return {f"referral.{done}" for verb, done in DONE.items() if verb not in but}


def test_each_notification_has_words() -> None:
    kinds = said_in(TELLS) | steps(*QUIET) | OPENED | {"case.erased", "referral.erased"}
    assert {"safeguarding.recorded", "referral.correction_asked", "key.team_destroyed"} <= kinds
    assert kinds - words("app/notice-kinds.ts") == set()


def test_each_verb_of_the_log_has_words() -> None:
    verbs = said_in("|".join(ACTS)) | steps() | OPENED | {"import.done", "import.failed"}
    assert {"account.session_ended", "case.closed", "integrity.failed"} <= verbs
    named = words("screens/audit/verbs-of-cases.ts", "screens/audit/verbs-of-service.ts")
    assert verbs - named == set()
