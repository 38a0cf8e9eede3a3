"""What may reach a log: names and numbers. No message text of others, no bodies, no query strings, no locals."""

import json
import logging
import re
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from audit.context import request_facts

_CODED: Final = re.compile(r"[a-z0-9_.]{1,80}")
_NUMBERS: Final = ("status", "milliseconds", "count")


class AllowListed(logging.Formatter):
    """One JSON object a line, made of an allow-list of keys.

    `event` is there when the message is a code such as `audit_unavailable`; any other text is left out, because
    nobody can say what it holds. An exception is named by its class and the place it was raised.
    """

    def format(self, record: logging.LogRecord) -> str:
        facts = request_facts.get()
        said = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "event": _event(record),
            "request_id": facts.request_id,
            "route": facts.route,
            "method": facts.method,
            **_exception(record),
            **{name: value for name in _NUMBERS if isinstance(value := getattr(record, name, None), int)},
        }
        return json.dumps({name: value for name, value in said.items() if value != ""})


def _event(record: logging.LogRecord) -> str:
    return record.msg if isinstance(record.msg, str) and _CODED.fullmatch(record.msg) else ""


def _exception(record: logging.LogRecord) -> dict[str, Any]:
    if not record.exc_info or record.exc_info[1] is None:
        return {}
    error = record.exc_info[1]
    return {
        "error": f"{type(error).__module__}.{type(error).__qualname__}",
        "at": _place(error.__traceback__),
    }


def _place(trace: TracebackType | None) -> str:
    place = ""
    while trace is not None:
        code = trace.tb_frame.f_code
        place = f"{Path(code.co_filename).name}:{trace.tb_lineno}"
        trace = trace.tb_next
    return place
