"""Writes numbers into the template as its authors made it: only the cells meant for numbers change, byte for byte.

The package is edited as what it is, a ZIP with XML in it. A library that reads and writes it anew would drop the
picture and rewrite the styles.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from typing import Final
from xml.sax.saxutils import escape

SHEET: Final = "xl/worksheets/sheet1.xml"
ADDED: Final = "xl/worksheets/sheet2.xml"
WORKBOOK: Final = "xl/workbook.xml"
RELATIONS: Final = "xl/_rels/workbook.xml.rels"
TYPES: Final = "[Content_Types].xml"
WHEN: Final = (1980, 1, 1, 0, 0, 0)  # the same content gives the same bytes
_CELL: Final = re.compile(
    r'<c r="(?P<at>[A-Z]+\d+)"(?P<style> s="\d+")?(?: t="\w+")?(?:/>|><v>[^<]*</v></c>)'
)
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_SHEET_RELATION: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
_SHEET_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_RELATION_ID: Final = "rIdSpona"
_SHEET_ID: Final = 9000
_WIDTHS: Final = (
    '<cols><col min="1" max="1" width="28" customWidth="1"/>'
    '<col min="2" max="2" width="110" customWidth="1"/></cols>'
)


def parts_of(package: bytes) -> dict[str, bytes]:
    """Return the parts of a package by name, in their order."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: Mapping[str, bytes]) -> bytes:
    """Return the package; nothing in it says when it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, WHEN), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def with_numbers(sheet: str, numbers: Mapping[str, int], *, meant: frozenset[str]) -> str:
    """Return the sheet with these numbers; every other cell that is meant for one is left without."""

    def written(cell: re.Match[str]) -> str:
        at, style = cell["at"], cell["style"] or ""
        if at not in meant:
            return cell[0]
        return f'<c r="{at}"{style}><v>{numbers[at]}</v></c>' if at in numbers else f'<c r="{at}"{style}/>'

    return _CELL.sub(written, sheet)


def with_text(sheet: str, at: str, text: str) -> str:
    """Return the sheet with a text in a row that the template leaves out, below the row before it."""
    number = int(at.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
    before = sheet.index("</row>", sheet.index(f'<row r="{number - 1}" ')) + len("</row>")
    return sheet[:before] + f'<row r="{number}">{_text(at, text)}</row>' + sheet[before:]


def with_sheet(parts: Mapping[str, bytes], name: str, rows: Iterable[Sequence[str]]) -> dict[str, bytes]:
    """Return the package with one more sheet of plain texts at its end."""
    return {
        **parts,
        WORKBOOK: _inserted(
            parts[WORKBOOK],
            "</sheets>",
            f'<sheet name="{escape(name)}" sheetId="{_SHEET_ID}" r:id="{_RELATION_ID}"/>',
        ),
        RELATIONS: _inserted(
            parts[RELATIONS],
            "</Relationships>",
            f'<Relationship Id="{_RELATION_ID}" Type="{_SHEET_RELATION}" Target="worksheets/sheet2.xml"/>',
        ),
        TYPES: _inserted(
            parts[TYPES], "</Types>", f'<Override PartName="/{ADDED}" ContentType="{_SHEET_TYPE}"/>'
        ),
        ADDED: _sheet(rows).encode(),
    }


def _inserted(part: bytes, before: str, text: str) -> bytes:
    return part.decode().replace(before, text + before, 1).encode()


def _sheet(rows: Iterable[Sequence[str]]) -> str:
    lines = "".join(
        f'<row r="{number}">{"".join(_text(f"{letter}{number}", text) for letter, text in _lettered(row))}</row>'
        for number, row in enumerate(rows, start=1)
    )
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return f'{head}<worksheet xmlns="{_MAIN}">{_WIDTHS}<sheetData>{lines}</sheetData></worksheet>'


def _lettered(row: Sequence[str]) -> Iterable[tuple[str, str]]:
    return zip("ABCDEF", row, strict=False)


def _text(at: str, text: str) -> str:
    return f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
