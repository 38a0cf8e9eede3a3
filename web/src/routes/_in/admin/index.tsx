import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { Admin } from "@/screens/admin/Admin";

export const Route = createFileRoute("/_in/admin/")({
  loader: () => loadTexts("screens/admin"),
  component: Admin,
});
