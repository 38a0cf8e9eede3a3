"""Who may do what: one line for each action, one column for each role. This page is the law of the house.

The columns, in this order:

    coordinator, deputy_coordinator, member, partner_worker, municipal_lead, data_protection_officer,
    national_analyst, release_officer, directory_admin, key_custodian, platform_admin

What a cell says:

    yes     every object of the role's own team (or, for a national role, of its own field)
    own     only where the user's own organisation is named: as requester, recipient, owner or in a valid consent
    acting  as the coordinator while acting in that place, at other times as a member
    no      never

`second` names the roles of which another person must confirm before the action takes effect.
A line that is missing is a no. The table equals `roles_matrix.csv` of the reference data, line by line, by a test.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

ROLES: Final = (
    "coordinator",
    "deputy_coordinator",
    "member",
    "partner_worker",
    "municipal_lead",
    "data_protection_officer",
    "national_analyst",
    "release_officer",
    "directory_admin",
    "key_custodian",
    "platform_admin",
)

_WORDS: Final = {"yes": "yes", "own": "own_organisation", "acting": "acting", "no": "no"}


@dataclass(frozen=True)
class Rule:
    """One action: what each role may, and who confirms it."""

    by: Mapping[str, str]
    second_role: tuple[str, ...] = ()


class UnknownAction(KeyError):
    """An action that is not in the table: a mistake in the program, never an answer to a user."""


def _rule(cells: str, second: str = "") -> Rule:
    words = (_WORDS[cell] for cell in cells.split())
    return Rule(dict(zip(ROLES, words, strict=True)), tuple(second.split(";")) if second else ())


# fmt: off
POLICY: Final[Mapping[str, Rule]] = {
    "case.propose":                      _rule("yes    own    own    own    no     no     no     no     no     no     no"),
    "case.open":                         _rule("yes    own    own    no     no     no     no     no     no     no     no"),
    "case.triage":                       _rule("yes    acting no     no     no     no     no     no     no     no     no"),
    "case.check_duplicate":              _rule("yes    own    own    no     no     no     no     no     no     no     no"),
    "case.merge":                        _rule("yes    no     no     no     no     no     no     no     no     no     no", second="deputy_coordinator"),
    "case.view_coded":                   _rule("yes    acting own    own    no     no     no     no     no     no     no"),
    "case.view_sealed":                  _rule("own    own    own    own    no     no     no     no     no     no     no"),
    "case.edit":                         _rule("yes    own    own    no     no     no     no     no     no     no     no"),
    "case.assign":                       _rule("yes    acting no     no     no     no     no     no     no     no     no"),
    "case.exclude_person":               _rule("yes    acting own    own    no     no     no     no     no     no     no"),
    "case.transfer":                     _rule("yes    acting no     no     no     no     no     no     no     no     no"),
    "transfer.request":                  _rule("yes    acting no     no     no     no     no     no     no     no     no"),
    "transfer.accept":                   _rule("yes    acting no     no     no     no     no     no     no     no     no"),
    "case.close":                        _rule("yes    acting no     no     no     no     no     no     no     no     no"),
    "case.reopen":                       _rule("yes    acting no     no     no     no     no     no     no     no     no"),
    "case.print_client_copy":            _rule("yes    own    own    no     no     no     no     no     no     no     no"),
    "card.issue":                        _rule("yes    own    own    own    no     no     no     no     no     no     no"),
    "case.access_history":               _rule("yes    own    own    no     no     no     no     no     no     no     no"),
    "case.export_list":                  _rule("yes    own    own    own    no     no     no     no     no     no     no", second="coordinator;deputy_coordinator"),
    "case.lookup_other_team":            _rule("no     no     no     no     no     no     no     no     no     no     no"),
    "assessment.record":                 _rule("yes    own    own    own    no     no     no     no     no     no     no"),
    "referral.create":                   _rule("yes    own    own    no     no     no     no     no     no     no     no"),
    "referral.preview":                  _rule("own    own    own    own    no     no     no     no     no     no     no"),
    "referral.answer":                   _rule("own    own    own    own    no     no     no     no     no     no     no"),
    "referral.report_progress":          _rule("own    own    own    own    no     no     no     no     no     no     no"),
    "referral.report_on_behalf":         _rule("yes    own    own    no     no     no     no     no     no     no     no"),
    "referral.ask":                      _rule("yes    own    own    own    no     no     no     no     no     no     no"),
    "referral.reply":                    _rule("yes    own    own    own    no     no     no     no     no     no     no"),
    "referral.follow_up":                _rule("yes    own    own    own    no     no     no     no     no     no     no"),
    "referral.cancel":                   _rule("yes    own    own    own    no     no     no     no     no     no     no"),
    "referral.acknowledge":              _rule("yes    own    own    no     no     no     no     no     no     no     no"),
    "referral.correct":                  _rule("yes    acting no     no     no     no     no     no     no     no     no", second="coordinator;deputy_coordinator"),
    "consent.record":                    _rule("yes    own    own    own    no     no     no     no     no     no     no"),
    "consent.view":                      _rule("yes    own    own    own    no     no     no     no     no     no     no"),
    "consent.withdraw":                  _rule("yes    own    own    own    no     no     no     no     no     no     no"),
    "disclosure.list":                   _rule("yes    own    own    no     no     no     no     no     no     no     no"),
    "safeguarding.record":               _rule("yes    own    own    own    no     no     no     no     no     no     no", second="coordinator;deputy_coordinator"),
    "rights_request.record":             _rule("yes    own    own    own    no     yes    no     no     no     no     no"),
    "rights_request.answer":             _rule("yes    no     no     no     no     yes    no     no     no     no     no"),
    "meeting.run":                       _rule("yes    acting no     no     no     no     no     no     no     no     no"),
    "meeting.attend":                    _rule("yes    acting own    no     no     no     no     no     no     no     no"),
    "action.assign":                     _rule("yes    acting no     no     no     no     no     no     no     no     no"),
    "action.update":                     _rule("yes    acting own    own    no     no     no     no     no     no     no"),
    "review.record":                     _rule("yes    own    own    no     no     no     no     no     no     no     no"),
    "directory.view":                    _rule("yes    yes    yes    yes    yes    yes    yes    yes    yes    yes    yes"),
    "directory.edit":                    _rule("own    own    own    own    no     no     no     no     yes    no     no"),
    "directory.assure":                  _rule("own    own    own    own    no     no     no     no     yes    no     no"),
    "capacity.update":                   _rule("own    own    own    own    no     no     no     no     no     no     no"),
    "service_tally.record":              _rule("own    own    own    own    no     no     no     no     no     no     no"),
    "organisation.manage":               _rule("no     no     no     no     no     no     no     no     yes    no     no"),
    "reference.edit":                    _rule("no     no     no     no     no     no     no     no     yes    no     no", second="directory_admin"),
    "membership.manage":                 _rule("yes    no     no     no     yes    no     no     no     no     no     no", second="coordinator;municipal_lead"),
    "membership.appoint_coordinator":    _rule("no     no     no     no     yes    no     no     no     no     no     no", second="data_protection_officer"),
    "membership.invite_own":             _rule("own    own    own    own    no     no     no     no     no     no     no"),
    "account.create":                    _rule("yes    no     no     no     yes    no     no     no     no     no     yes"),
    "account.disable":                   _rule("yes    no     no     no     yes    yes    no     no     no     no     yes"),
    "token.issue":                       _rule("yes    no     no     no     no     no     no     no     no     no     no", second="municipal_lead"),
    "memorandum.manage":                 _rule("no     no     no     no     no     no     no     no     yes    no     no"),
    "audit.view":                        _rule("no     no     no     no     yes    yes    no     no     no     no     no"),
    "audit.review":                      _rule("no     no     no     no     yes    yes    no     no     no     no     no"),
    "audit.review_lead":                 _rule("no     no     no     no     no     yes    no     no     no     no     no"),
    "audit.verify":                      _rule("no     no     no     no     yes    yes    no     yes    no     yes    yes"),
    "breakglass.request":                _rule("yes    yes    yes    no     no     no     no     no     no     no     no", second="municipal_lead;data_protection_officer"),
    "breakglass.review":                 _rule("no     no     no     no     yes    yes    no     no     no     no     no"),
    "statistics.team":                   _rule("yes    yes    own    no     yes    no     no     no     no     no     no"),
    "statistics.national":               _rule("no     no     no     no     no     no     yes    yes    no     no     no"),
    "statistics.public":                 _rule("yes    yes    yes    yes    yes    yes    yes    yes    yes    yes    yes"),
    "quarter.lock":                      _rule("yes    no     no     no     no     no     no     no     no     no     no"),
    "alert.raise":                       _rule("yes    yes    yes    yes    no     no     no     no     no     no     no"),
    "alert.confirm":                     _rule("no     no     no     no     no     no     yes    no     no     no     no"),
    "release.prepare":                   _rule("no     no     no     no     no     no     yes    yes    no     no     no"),
    "release.approve":                   _rule("no     no     no     no     no     no     no     yes    no     no     no"),
    "tableplan.edit":                    _rule("no     no     no     no     no     no     no     yes    no     no     no", second="release_officer"),
    "key.rotate":                        _rule("no     no     no     no     no     no     no     no     no     yes    no"),
    "key.destroy_team":                  _rule("yes    no     no     no     no     no     no     no     no     yes    no", second="coordinator;key_custodian"),
    "erasure.request":                   _rule("yes    own    own    own    no     yes    no     no     no     no     no"),
    "erasure.confirm":                   _rule("no     no     no     no     yes    yes    no     no     no     no     no"),
    "erasure.execute":                   _rule("yes    no     no     no     no     no     no     no     no     yes    no", second="municipal_lead;data_protection_officer"),
    "breach.record":                     _rule("yes    yes    yes    yes    yes    yes    yes    yes    yes    yes    yes"),
    "breach.manage":                     _rule("no     no     no     no     yes    yes    no     no     no     no     no"),
    "processing_register.view":          _rule("yes    no     no     no     yes    yes    no     no     no     no     no"),
    "guard.check":                       _rule("yes    yes    yes    yes    yes    yes    yes    yes    yes    yes    yes"),
    "backup.run":                        _rule("no     no     no     no     no     no     no     no     no     no     yes"),
    "backup.restore":                    _rule("no     no     no     no     no     no     no     no     no     yes    yes", second="key_custodian;platform_admin"),
    "system.configure":                  _rule("no     no     no     no     no     no     no     no     no     no     yes"),
    "import.run":                        _rule("yes    no     no     no     no     no     no     no     yes    no     no"),
    "webhook.manage":                    _rule("yes    no     no     no     no     no     no     no     no     no     no"),
    "team.create":                       _rule("no     no     no     no     no     no     no     no     no     no     yes"),
    "role.appoint":                      _rule("no     no     no     no     no     no     no     no     no     no     yes", second="data_protection_officer"),
}
# fmt: on


def rule(action: str) -> Rule:
    """Return the line of `action`. Raises UnknownAction: nothing said is no, and a typing error is loud."""
    try:
        return POLICY[action]
    except KeyError as error:
        raise UnknownAction(action) from error
