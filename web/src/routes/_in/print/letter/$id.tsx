import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { LetterPage } from "@/screens/print/LetterPage";
import { loadReferralLists } from "@/screens/referral/data";

export const Route = createFileRoute("/_in/print/letter/$id")({
  loader: () => Promise.all([loadTexts("screens/print"), loadTexts("screens/referral"), loadReferralLists()]),
  component: LetterPage,
});
