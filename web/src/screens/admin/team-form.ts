import * as z from "zod/mini";
import type { MunicipalitiesCode, TeamInRequest } from "@/api/gen";
import { isCode } from "@/reference";

const given = () => z.string().check(z.trim(), z.minLength(1));
export const teamSchema = z.object({
  municipality: given(),
  label_sr_cyrl: given(),
  label_sr_latn: given(),
  label_en: given(),
  slug: given(),
  prefix: given(),
});
export type TeamForm = z.infer<typeof teamSchema>;

export const NO_TEAM: TeamForm = {
  municipality: "",
  label_sr_cyrl: "",
  label_sr_latn: "",
  label_en: "",
  slug: "",
  prefix: "",
};

export const teamBody = ({ municipality, prefix, ...rest }: TeamForm): TeamInRequest | undefined =>
  isCode<MunicipalitiesCode>(municipality) ? { ...rest, municipality, prefix: prefix.toUpperCase() } : undefined;
