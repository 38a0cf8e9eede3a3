export { FoldedText } from "./FoldedText";
export { GuardedText, type GuardedValue, NOTHING_WRITTEN } from "./GuardedText";
