export type { Fault, Judgement } from "./judge";
export { type Place, placeOf } from "./place-of-entry";
export { checkpointOptions, startAnew, useJudgedLog } from "./use-judged-log";
