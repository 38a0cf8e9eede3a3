import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { CasePage } from "@/screens/case/CasePage";
import { caseSearch } from "@/screens/case/search";

const LISTS = [
  "urgencies",
  "case_statuses",
  "need_statuses",
  "needs",
  "services",
  "referral_statuses",
  "risk_flags",
  "data_classes",
  "tdi_items",
  "tdi_fields",
  "consent_bundles",
  "consent_purposes",
  "substances",
];

export const Route = createFileRoute("/_in/cases/$id")({
  validateSearch: caseSearch,
  loader: () => Promise.all([loadTexts("screens/case"), loadLists(...LISTS)]),
  component: CasePage,
});
