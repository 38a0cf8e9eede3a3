import * as z from "zod/mini";
import { csrfToken, factorAgain, Problem, signInAgain, unsafe } from "@/api";
import { current } from "@/app/i18n";
import { faultText, WAIT_AFTER_TOO_MANY } from "./fault-text";

/** The sign-in library answers in a shape of its own, and its 401 is a step on the way rather than a refusal. */
const AUTH = "/api/v1/auth/browser/v1/";

const flowShape = z.object({
  id: z.string(),
  is_pending: z.optional(z.boolean()),
  types: z.optional(z.array(z.string())),
});
const shape = z.object({
  data: z.optional(z.unknown()),
  meta: z.optional(z.unknown()),
  code: z._default(z.string(), ""),
  detail: z._default(z.string(), ""),
  request_id: z._default(z.string(), ""),
  errors: z._default(
    z.array(z.object({ code: z.string(), message: z._default(z.string(), ""), param: z._default(z.string(), "") })),
    [],
  ),
});
const flowsShape = z.object({ flows: z.array(flowShape) });

export type Flow = z.infer<typeof flowShape>;
export interface Answer {
  status: number;
  code: string;
  data: unknown;
  meta: unknown;
  flows: Flow[];
  /** All of it, for answers of the service itself. */
  body: unknown;
}

/** These say where somebody stands; everything else from 400 on went wrong. */
const STEPS = new Set([401, 404, 409, 410]);

const broken = (): never => {
  throw new Problem(0, "unreachable", "", "", [], 0);
};

const send = (method: string, path: string, body: unknown, more: Record<string, string>): Promise<Response> =>
  fetch(path.startsWith("/") ? path : AUTH + path, {
    method,
    cache: "no-store",
    credentials: "same-origin",
    headers: {
      Accept: "application/json",
      "Accept-Language": current(),
      ...(unsafe(method) ? { "X-CSRFToken": csrfToken() } : {}),
      ...(body === undefined ? {} : { "Content-Type": "application/json" }),
      ...more,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch(broken);

const refusal = (answer: Response, body: z.infer<typeof shape>): Problem => {
  const [first] = body.errors;
  const faults = body.errors.map((one) => ({
    pointer: `/${one.param}`,
    code: one.code,
    detail: faultText(one.code, one.message),
  }));
  const locked = first?.code === "too_many_login_attempts" ? WAIT_AFTER_TOO_MANY : 0;
  const wait = Number(answer.headers.get("Retry-After") ?? locked);
  const detail = body.detail || faults.map((one) => one.detail).join(" ");
  return new Problem(answer.status, body.code || (first?.code ?? ""), detail, body.request_id, faults, wait);
};

/** Ask one thing. Throws Problem for what went wrong; a step on the way (401, 404, 409, 410) is an answer. */
export const auth = async (
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
): Promise<Answer> => {
  if (unsafe(method) && csrfToken() === "") await send("GET", "config", undefined, {});
  const answer = await send(method, path, body, more);
  const said: unknown = await answer.json().catch(() => ({}));
  const read = shape.safeParse(said);
  const found = read.success ? read.data : shape.parse({});
  if (answer.status >= 400 && !STEPS.has(answer.status)) throw refusal(answer, found);
  const { code, data, meta } = found;
  const flows = flowsShape.safeParse(data);
  return { status: answer.status, code, data, meta, flows: flows.success ? flows.data.flows : [], body: said };
};

const asksForFactor = ({ status, flows }: Answer): boolean =>
  status === 401 && flows.some(({ id }) => id === "mfa_reauthenticate");

/** Ask as somebody who is signed in: a session that has ended, or a factor shown too long ago, is mended first. */
export const authInside = async (method: string, path: string, body?: unknown): Promise<Answer> => {
  let answer = await auth(method, path, body);
  if (answer.status === 401 && !asksForFactor(answer) && (await signInAgain.ask()))
    answer = await auth(method, path, body);
  if (asksForFactor(answer) && (await factorAgain.ask())) answer = await auth(method, path, body);
  if (answer.status === 401) throw new Problem(401, "not_authenticated", faultText("not_authenticated", ""), "", [], 0);
  if (answer.status === 409) throw new Problem(409, "conflict", faultText("last_factor", ""), "", [], 0);
  return answer;
};
