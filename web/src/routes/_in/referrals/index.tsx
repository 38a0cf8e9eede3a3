import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { Referrals } from "@/screens/referrals/Referrals";
import { referralsSearch } from "@/screens/referrals/search";

export const Route = createFileRoute("/_in/referrals/")({
  validateSearch: referralsSearch,
  loader: () => Promise.all([loadTexts("screens/referrals"), loadLists("urgencies", "services", "referral_statuses")]),
  component: Referrals,
});
