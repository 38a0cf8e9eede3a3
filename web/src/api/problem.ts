import type { Fault, Problem as ProblemBody } from "./gen";

/** What the service said in problem+json, or that it could not be reached (status 0). */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    readonly requestId: string,
    readonly faults: Fault[],
    readonly retryAfter: number,
  ) {
    super(`${status} ${code}`);
  }
}

const isProblem = (body: unknown): body is ProblemBody =>
  typeof body === "object" && body !== null && "code" in body && "status" in body;

/** Read an answer that is not a success. */
export const problemFrom = (body: unknown, response: Response | undefined): Problem => {
  if (response === undefined) return new Problem(0, "unreachable", "", "", [], 0);
  const wait = Number(response.headers.get("Retry-After") ?? 0);
  const id = response.headers.get("X-Request-Id") ?? "";
  if (!isProblem(body)) return new Problem(response.status, "unreadable", "", id, [], wait);
  return new Problem(response.status, body.code, body.detail ?? "", body.request_id ?? id, body.errors ?? [], wait);
};

export const asProblem = (error: unknown): Problem =>
  error instanceof Problem ? error : problemFrom(undefined, undefined);
