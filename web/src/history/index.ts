export { ChangeLine, Happened } from "./ChangeLine";
export type { Changed, Field } from "./line";
