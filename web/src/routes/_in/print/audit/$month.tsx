import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { AuditReport } from "@/screens/print/AuditReport";

export const Route = createFileRoute("/_in/print/audit/$month")({
  loader: () => Promise.all([loadTexts("screens/print"), loadTexts("screens/audit"), loadLists("roles")]),
  component: AuditReport,
});
