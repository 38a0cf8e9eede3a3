import * as z from "zod/mini";
import { NOTHING_WRITTEN } from "@/guard";

/** What the form of a consent holds. The recipients stand in the person's own order. */
export const consentForm = z.object({
  bundle: z.enum(["this_service", "practical_help", "full_coordination"]),
  recipients: z.array(z.uuid()).check(z.minLength(1)),
  given_by: z.enum(["person", "guardian", "both"]),
  how: z.enum(["written", "spoken"]),
  need: z.nullable(z.string()),
  violence: z.boolean(),
  narrative: z.boolean(),
  remark: z.object({ text: z.string(), namesChecked: z.boolean() }),
});

export type ConsentForm = z.infer<typeof consentForm>;

export const EMPTY_CONSENT: ConsentForm = {
  bundle: "this_service",
  recipients: [],
  given_by: "person",
  how: "written",
  need: null,
  violence: false,
  narrative: false,
  remark: NOTHING_WRITTEN,
};
