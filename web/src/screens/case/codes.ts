import { useEntries } from "@/reference";

/** A code out of a list of the service is one that the service takes; the type cannot know it, the list does. */
export const useCodeOf = <Code extends string>(
  list: string,
): ((text: string | null | undefined) => Code | undefined) => {
  const entries = useEntries(list);
  const known = (text: string | null | undefined): text is Code => entries.some(({ code }) => code === text);
  return (text) => (known(text) ? text : undefined);
};
