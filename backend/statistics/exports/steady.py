"""Saves a workbook so that the same content is the same bytes: XLSX is a zip, and a zip writes down when."""

import io
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

# The first moment that a zip can hold.
MOMENT: Final = (1980, 1, 1, 0, 0, 0)


class _Steady(zipfile.ZipFile):
    """A zip in which every entry is of one moment."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_args: Any, **_kwargs: Any) -> None:
        entry = zipfile.ZipInfo(str(zinfo_or_arcname), MOMENT)
        super().writestr(entry, data, compress_type=zipfile.ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_args: Any, **_kwargs: Any) -> None:
        self.writestr(arcname, Path(filename).read_bytes())


def steady_bytes(workbook: Workbook) -> bytes:
    """Return the workbook as a file. The moment of its making is not in it."""
    properties: Any = workbook.properties
    properties.created = properties.modified = datetime(*MOMENT)  # noqa: DTZ001 - openpyxl takes none with a zone
    out = io.BytesIO()
    ExcelWriter(workbook, _Steady(out, "w", zipfile.ZIP_DEFLATED)).save()
    return out.getvalue()
