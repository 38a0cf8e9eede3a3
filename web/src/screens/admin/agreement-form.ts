import * as z from "zod/mini";
import type { AgreementInRequest, AgreementOut } from "@/api/gen";
import { intervalBody, intervalForm, NO_INTERVAL } from "./interval";

const given = () => z.string().check(z.minLength(1));
export const agreementSchema = z.object({
  team: given(),
  organisation: given(),
  valid_from: z.string(),
  valid_until: z.string(),
});
export type AgreementForm = z.infer<typeof agreementSchema>;

export const NO_AGREEMENT: AgreementForm = { team: "", organisation: "", ...NO_INTERVAL };

export const agreementForm = (one: AgreementOut): AgreementForm => ({
  team: one.team,
  organisation: one.organisation,
  ...intervalForm(one),
});

export const agreementBody = ({ team, organisation, ...days }: AgreementForm): AgreementInRequest => ({
  team,
  organisation,
  ...intervalBody(days),
});
