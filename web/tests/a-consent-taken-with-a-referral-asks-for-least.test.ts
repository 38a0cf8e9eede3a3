import { describe, expect, it } from "vitest";
import type { EntryOut } from "@/api/gen";
import { consentOf, consentWithNote, plainClasses } from "@/screens/refer/consent";

const service = { organisation: "partner", code: "SO-SHE" };
const between = { service, holder: "holder", serviceClass: "social" };
const agreed = { bundle: "this_service", givenBy: "person", how: "spoken" } as const;
const entry = (code: string, sectors: string): EntryOut => ({
  code,
  item: "",
  labels: {},
  attributes: { default_recipient_sectors: sectors },
});

describe("a consent", () => {
  it("to one service names the partner alone", () => {
    expect(consentOf(agreed, between).recipients).toEqual([{ organisation: "partner", service: "SO-SHE" }]);
  });

  it("to coordination names the partner before the holder, so that the partner is next in order", () => {
    const { recipients } = consentOf({ ...agreed, bundle: "practical_help" }, between);
    expect(recipients.map(({ organisation }) => organisation)).toEqual(["partner", "holder"]);
  });

  it("to a note stands by itself, with no more than the referral needs", () => {
    const classes = [entry("basic_profile", "cso;education"), entry("needs", "cso"), entry("health", "cso;education")];
    const body = consentWithNote(agreed, between, plainClasses("education", classes));
    expect(body.bundle).toBeUndefined();
    expect(body.data_classes).toEqual(["basic_profile", "social", "narrative"]);
  });
});
