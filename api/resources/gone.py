"""What is kept of an erased case as proof is not shown under its own address either."""

from typing import Any

from api.base import Resource
from backend.cases.lifecycle import ERASED
from backend.cases.models import Case
from backend.errors import Gone


class OfCase(Resource):
    """Rows of a case that are found by their own id, and are gone with the case."""

    def refuse_gone(self, obj: Any) -> None:
        super().refuse_gone(obj)
        if not isinstance(obj, Case) and Case.objects.filter(pk=obj.case_id, status=ERASED).exists():
            raise Gone
