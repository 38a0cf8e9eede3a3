import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { AuditQueue } from "@/screens/audit/AuditQueue";
import { auditSearch } from "@/screens/audit/search";

export const Route = createFileRoute("/_in/audit/")({
  validateSearch: auditSearch,
  loader: () =>
    Promise.all([
      loadTexts("screens/audit"),
      loadLists("reveal_purposes", "data_classes", "breakglass_reasons", "roles"),
    ]),
  component: AuditQueue,
});
