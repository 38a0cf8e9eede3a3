import * as z from "zod/mini";
import type { MemorandumInRequest, MemorandumOut, PatchedMemorandumChangeRequest } from "@/api/gen";
import { intervalBody, intervalChange, intervalForm, NO_INTERVAL } from "./interval";

const given = () => z.string().check(z.trim(), z.minLength(1));
export const memorandumSchema = z.object({
  organisation: given(),
  number: given(),
  valid_from: z.string(),
  valid_until: z.string(),
});
export type MemorandumForm = z.infer<typeof memorandumSchema>;

export const NO_MEMORANDUM: MemorandumForm = { organisation: "", number: "", ...NO_INTERVAL };

export const memorandumForm = (one: MemorandumOut): MemorandumForm => ({
  organisation: one.organisation,
  number: one.number,
  ...intervalForm(one),
});

export const memorandumBody = ({ organisation, number, ...days }: MemorandumForm): MemorandumInRequest => ({
  organisation,
  number,
  ...intervalBody(days),
});

export const memorandumChange = (form: MemorandumForm, seen: MemorandumOut): PatchedMemorandumChangeRequest => ({
  number: form.number,
  ...intervalChange(form, seen),
});
