import { factorAgain, signInAgain } from "./asked";
import { csrfToken, unsafe } from "./csrf";
import { client } from "./gen/client.gen";
import { Problem, problemFrom } from "./problem";

/** What changes from one try to the next: the token against forged requests is a new one after signing in again. */
const signed = (request: Request): Request => {
  const tried = request.clone();
  if (unsafe(tried.method)) tried.headers.set("X-CSRFToken", csrfToken());
  return tried;
};

const wantsFactor = async (answer: Response): Promise<boolean> => {
  if (answer.status !== 403) return false;
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => null);
  return typeof body === "object" && body !== null && "code" in body && body.code === "step_up_required";
};

/** Ask once more; nobody reads the refusal, so the browser need not keep it. */
const again = async (request: Request, refusal: Response): Promise<Response> => {
  await refusal.body?.cancel();
  return fetch(signed(request));
};

/** Ask. When the session has ended in the meantime, or the second factor was shown too long ago, let the person mend
 * it over the page, and ask the same thing once more. */
const ask = async (request: Request): Promise<Response> => {
  let answer = await fetch(signed(request));
  if (answer.status === 401 && (await signInAgain.ask())) answer = await again(request, answer);
  if ((await wantsFactor(answer)) && (await factorAgain.ask())) answer = await again(request, answer);
  return answer;
};

let language = "sr-Cyrl";

/** The language in which the service answers from now on. */
export const answerIn = (locale: string): void => {
  language = locale;
};

client.setConfig({
  baseUrl: "",
  cache: "no-store",
  credentials: "same-origin",
  // The generated code calls with a ready Request.
  fetch: (input, init) => ask(input instanceof Request ? input : new Request(input, init)),
});
client.interceptors.request.use((request) => {
  request.headers.set("Accept-Language", language);
  return request;
});
client.interceptors.error.use((error, response) => (error instanceof Problem ? error : problemFrom(error, response)));

/** The header that says which version of an object a change was made from. */
export const ifMatch = (object: { version: number }): { "If-Match": string } => ({ "If-Match": `"${object.version}"` });
