import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { Account } from "@/screens/account/Account";

export const Route = createFileRoute("/_in/account")({
  loader: () => Promise.all([loadTexts("screens/account"), loadLists("roles")]),
  component: Account,
});
