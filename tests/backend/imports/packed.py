"""A small file of several tables, and its mapping: people, what is joined to them, and what happened to them."""

import io
import zipfile

from openpyxl import Workbook

from backend.imports.mapping import Mapping, parse_mapping

MAPPING = """
version: 1
name: several
row_key: id
urgency: routine
given_by: person
table: people
joined: [homes]
ignored_tables: [remarks]
day_zero: "2020-02-28"
items:
  sex: {column: sex, values: {m: "1", f: "2"}}
needs: [{code: housing, column: home, when: ["no"]}]
flags: [{code: homelessness, column: home, when: ["no"]}]
referrals:
  table: sent
  column: to
  values: {kitchen: SO-FOO, shelter: SO-SHE, nowhere: null}
  need: housing
  day: day
  on_behalf: {channel: phone, reporter: provider}
events:
  table: visits
  column: came
  values: {"yes": attended, "no": missed, "": recorded}
  day: day
  marks: [{code: no-show, column: why, when: [silent]}]
  reasons:
    - {code: deceased, column: why, when: [dead]}
    - {code: detained, column: why, when: [jail, dead]}
    - {code: hospitalised, column: why, when: [ward]}
  fails: [deceased]
  ignored: [label]
ignored: [colour]
"""
PEOPLE = "id,sex,colour\nA,m,red\nB,f,blue\n"
HOMES = "id,home\nA,no\nB,no\n"
SENT = "id,to,day\nA,kitchen,0\n"
VISITS = "id,came,why,day,label\nA,yes,,1,one\nA,no,jail,,two\n"
TABLES = {"people": PEOPLE, "homes": HOMES, "sent": SENT, "visits": VISITS}


def mapping(text: str = MAPPING) -> Mapping:
    return parse_mapping(text)


def zipped(**changes: str | bytes | None) -> bytes:
    """Return the tables as a ZIP of CSV files; None leaves one out, and a name with a dot is taken as it is."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**TABLES, **changes}.items():
            if content is not None:
                archive.writestr(name if "." in name else f"{name}.csv", content)
    return file.getvalue()


def workbook(**changes: str) -> bytes:
    """Return the same tables as the sheets of a workbook."""
    book, file = Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, content in {**TABLES, **changes}.items():
        sheet = book.create_sheet(name)
        for line in content.splitlines():
            sheet.append(line.split(","))
    book.save(file)
    return file.getvalue()
