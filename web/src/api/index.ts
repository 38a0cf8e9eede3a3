export { factorAgain, signInAgain } from "./asked";
export { answerIn, ifMatch } from "./client";
export { csrfToken, unsafe } from "./csrf";
export { asProblem, Problem } from "./problem";
export { onward } from "./pages";
export { queryClient } from "./query";
