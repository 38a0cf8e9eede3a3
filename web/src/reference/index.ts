export { codesOf, isCode } from "./codes";
export { listOptions, loadLists, type Label, type Option, useEntries, useLabel, useOptions } from "./lists";
export { useOrganisationName, useOrganisations, usePeople, usePersonName, useTeamName, useTeams } from "./names";
export { useServiceName } from "./service-name";
export { CaseStatus } from "./CaseStatus";
export { UrgencySign } from "./UrgencySign";
export { StatusSign } from "./StatusSign";
export { useReasons } from "./reasons";
export { useItemText } from "./item-text";
