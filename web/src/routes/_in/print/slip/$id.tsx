import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { SlipPage } from "@/screens/print/SlipPage";
import { loadReferralLists } from "@/screens/referral/data";

export const Route = createFileRoute("/_in/print/slip/$id")({
  loader: () => Promise.all([loadTexts("screens/print"), loadTexts("screens/referral"), loadReferralLists()]),
  component: SlipPage,
});
