/** Codes that are chosen come from the service's own lists; the generated types name those lists. */
export const isCode = <Code extends string>(code: string): code is Code => code !== "";

/** The codes that were chosen, as the generated types want them. */
export const codesOf = <Code extends string>(...chosen: readonly string[]): Code[] =>
  chosen.filter((one): one is Code => isCode<Code>(one));
