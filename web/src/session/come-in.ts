import { asProblem, Problem } from "@/api";
import { auth } from "./auth";
import { faultText } from "./fault-text";

const NOTHING_THERE = 404;

/** What a link opens; of one that opens nothing there is more to say than that there is nothing. */
export const byLink = async <Given>(asked: Promise<Given>): Promise<Given> =>
  asked.catch((error: unknown) => {
    const problem = asProblem(error);
    if (problem.status !== NOTHING_THERE) throw problem;
    throw new Problem(400, "link_over", faultText("link_over", ""), "", [], 0);
  });

/** Everything after this is the ordinary way in, from the step after the password. */
export const comeIn = async (username: string, password: string): Promise<void> => {
  await auth("POST", "auth/login", { username, password });
  location.replace("/sign-in");
};

/** A token against forged requests, for pages where nobody has asked for anything yet. */
export const knock = (): Promise<unknown> => auth("GET", "config");
