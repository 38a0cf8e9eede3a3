import { expect, test } from "vitest";
import type { ReferralRow } from "@/api/gen";
import { grouped } from "@/screens/referrals/group";
import { queryOf } from "@/screens/referrals/query";
import { referralsSearch } from "@/screens/referrals/search";

const OWN = new Set(["we"]);
const row = (id: string, change: Partial<ReferralRow> = {}) =>
  ({
    id,
    status: "requested",
    urgency: "routine",
    overdue: false,
    side: "sent",
    requester: "we",
    recipient: "they",
    ...change,
  }) as ReferralRow;
const keys = (...rows: ReferralRow[]) => grouped(rows, OWN).map(({ key }) => key);

test("what is late stands first, then by urgency, then drafts, then what has ended", () => {
  const found = keys(
    row("a", { status: "completed", overdue: true }),
    row("b", { status: "draft", urgency: "stat" }),
    row("c"),
    row("d", { urgency: "stat" }),
    row("e", { overdue: true }),
  );
  expect(found).toEqual(["late", "stat", "routine", "draft", "ended"]);
});

test("a stub, which says no urgency, stands with what has ended", () => {
  expect(keys(row("a", { status: "on-hold", urgency: "", side: "received", requester: null }))).toEqual(["ended"]);
});

test("what the own organisation sends or receives stands before what is only followed", () => {
  const followed = row("followed", { requester: "others" });
  const received = row("received", { side: "received", requester: "others", recipient: "we" });
  const [group] = grouped([followed, row("sent"), received], OWN);
  expect(group?.rows.map(({ id }) => id)).toEqual(["sent", "received", "followed"]);
});

test("an address without filters asks for what is open, from both sides", () => {
  const open = ["draft", "requested", "accepted", "in-progress", "on-hold"];
  expect(queryOf(referralsSearch.parse({}))).toEqual({ status: open });
  expect(queryOf(referralsSearch.parse({ side: "other", status: "none", late: "maybe" }))).toEqual({ status: open });
});

test("each filter of the address narrows the question", () => {
  expect(queryOf(referralsSearch.parse({ side: "sent", status: "any", urgency: "stat", late: true }))).toEqual({
    side: "sent",
    urgency: ["stat"],
    overdue: true,
  });
});
