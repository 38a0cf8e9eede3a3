import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { ReceiptPage } from "@/screens/print/ReceiptPage";

export const Route = createFileRoute("/_in/print/receipt/$id")({
  loader: () => loadTexts("screens/print"),
  component: ReceiptPage,
});
