import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { Erasures } from "@/screens/admin/Erasures";

export const Route = createFileRoute("/_in/admin/erasures")({
  loader: () => loadTexts("screens/admin"),
  component: Erasures,
});
