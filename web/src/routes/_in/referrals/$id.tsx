import { createFileRoute } from "@tanstack/react-router";
import * as z from "zod/mini";
import { loadTexts } from "@/app/i18n";
import { ReferralPage } from "@/screens/referral/ReferralPage";
import { loadReferralLists } from "@/screens/referral/data";

export const Route = createFileRoute("/_in/referrals/$id")({
  // `act`: what the person came to do; its sheet opens at once.
  validateSearch: z.object({ act: z.catch(z.optional(z.string()), undefined) }),
  // The referral itself is an audited reading: it is asked for by the page, never by a link that is hovered over.
  loader: () => Promise.all([loadTexts("screens/referral"), loadReferralLists()]),
  component: ReferralPage,
});
