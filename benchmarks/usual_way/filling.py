"""Fills the usual way's tables with so many rows as the data set has, inside PostgreSQL. Runs inside the usual way.

Guardian's rows go to groups, three who see and one who answers for each referral: fewer than a row for each person.
"""

import sys
from typing import Final

from django.contrib.auth.models import Group, User
from django.core.management import call_command
from django.db import connection

from benchmarks.telling import say
from benchmarks.usual_way.models import Organisation, Team

PLACES: Final = 5
BOTH: Final = (1, 2)
STEPS: Final = (
    """INSERT INTO usual_way_case (code, spoken_name, team_id, status, facts, created_at)
       SELECT 'C-' || n, 'tihi javor ' || n % 97, 1 + n % {teams}, 'active',
           jsonb_build_object('age_band', '25-29', 'sex', '1', 'primary_drug', '11'),
           now() - random() * interval '1000 days' FROM generate_series(1, {cases}) AS n""",
    """INSERT INTO usual_way_referral (code, case_id, team_id, requester_id, recipient_id, service_code, urgency,
           status, business_status, created_by_id, created_at, sent_at, due_at)
       SELECT 'C-' || c.id || '-' || n, c.id, c.team_id, (c.team_id - 1) * {places} + 1 + n % 2,
           (c.team_id - 1) * {places} + 3 + n % 3, 'TX-OPC', 'routine',
           (array['completed', 'completed', 'completed', 'rejected', 'failed', 'cancelled', 'in-progress',
                  'requested'])[1 + n % 8],
           '', 1, at, at, at + interval '5 days'
       FROM (SELECT n, 1 + n % {cases} AS of_case, now() - random() * interval '1000 days' AS at
             FROM generate_series(1, {referrals}) AS n) AS drawn JOIN usual_way_case AS c ON c.id = of_case""",
    """INSERT INTO usual_way_event (referral_id, verb, to_status, by_id, at)
       SELECT id, verb, status, 1, sent_at FROM usual_way_referral, unnest(array['send', 'accept', 'start']) AS verb""",
    """INSERT INTO usual_way_historicalreferral (id, code, case_id, team_id, requester_id, recipient_id, service_code,
           urgency, status, business_status, created_by_id, created_at, sent_at, due_at, history_date, history_type)
       SELECT id, code, case_id, team_id, requester_id, recipient_id, service_code, urgency, status, business_status,
           created_by_id, created_at, sent_at, due_at, sent_at, sign
       FROM usual_way_referral, unnest(array['+', '~', '~']) AS sign""",
    """INSERT INTO guardian_groupobjectpermission (object_pk, content_type_id, group_id, permission_id)
       SELECT r.id::text, p.content_type_id, g.id, p.id FROM usual_way_referral AS r
       CROSS JOIN LATERAL (VALUES ('team ' || r.team_id, 'view_referral'),
           ('organisation ' || r.requester_id, 'view_referral'), ('organisation ' || r.recipient_id, 'view_referral'),
           ('organisation ' || r.recipient_id, 'change_referral')) AS given (name, permission)
       JOIN auth_group AS g ON g.name = given.name JOIN auth_permission AS p ON p.codename = given.permission""",
    "VACUUM (ANALYZE, FREEZE)",
)


def fill(teams: int, referrals: int) -> None:
    """Make the tables and their rows; 2.5 referrals for a case, as in ours."""
    call_command("migrate", "auth", verbosity=0)
    call_command("migrate", run_syncdb=True, verbosity=0)
    User.objects.create(username="writer")
    for number in range(1, teams + 1):
        _town(number)
    with connection.cursor() as cursor:
        for step in STEPS:
            counts = {"teams": teams, "referrals": referrals, "cases": referrals * 2 // 5, "places": PLACES}
            cursor.execute(step.format(**counts))
            say(f"the usual way: {step.split('(')[0].strip()}")


def _town(number: int) -> None:
    """Write a team, its organisations, and one person for each part that is asked as."""
    Team.objects.create(id=number, name=f"Town {number}")
    coordinators = Group.objects.create(name=f"team {number}")
    person = User.objects.create(username=f"coordinator-{number}")
    person.groups.add(coordinators)
    if number in BOTH:
        User.objects.get_or_create(username="two teams")[0].groups.add(coordinators)
    for place in range(1, PLACES + 1):
        pk = (number - 1) * PLACES + place
        Organisation.objects.create(id=pk, name=f"Organisation {pk}")
        group = Group.objects.create(name=f"organisation {pk}")
        User.objects.create(username=f"worker-{pk}").groups.add(group)


if __name__ == "__main__":
    fill(*map(int, sys.argv[1:]))
