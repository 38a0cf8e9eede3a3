import type { AuditEntryOut } from "@/api/gen";
import type { Bytes } from "./bytes";

/** A moment as entries write it: always six decimals. The API leaves out those of a whole second. */
const written = (at: string): string => {
  const [second = "", decimals = ""] = at.replace(/Z$/, "").split(".");
  return `${second}.${decimals.padEnd(6, "0")}Z`;
};

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** RFC 8785 for what an entry holds: codes and whole numbers, so that sorting the names is all there is to do. */
const canonical = (value: Json): string => {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const members = Object.entries(value as Record<string, Json>).sort(([left], [right]) => (left < right ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(",")}}`;
};

/** The bytes that an entry must have in its log if it is what the API shows (docs/audit-format.md, "One entry"). */
export const bodyOf = (entry: AuditEntryOut): Bytes =>
  new TextEncoder().encode(
    canonical({
      acting_for: entry.acting_for,
      actor_id: entry.actor,
      actor_kind: entry.actor_kind,
      at: written(entry.at),
      code: entry.code,
      facts: entry.facts as Record<string, Json>,
      format: 1,
      id: entry.id,
      log: entry.team,
      method: entry.method,
      object_id: entry.object,
      object_ids: entry.objects,
      object_kind: entry.object_kind,
      outcome: entry.outcome,
      request_id: entry.request_id,
      route: entry.route,
      verb: entry.action,
    }),
  );
