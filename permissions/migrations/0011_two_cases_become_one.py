"""The wall around merges; a note is taken over as its author's, and a withdrawal ends the copy of a consent."""

from django.db import migrations

from permissions.audited_operations import Audited
from permissions.rls_operations import Reach, Walled

TABLES = ("cases_duplicatehint", "cases_merge", "cases_note", "cases_withdrawal")


class Migration(migrations.Migration):
    dependencies = [
        ("permissions", "0010_what_is_erased_and_forgotten"),
        ("cases", "0010_two_cases_become_one"),
    ]

    operations = [Reach(), *(Walled(table) for table in TABLES), Audited("cases_merge")]
