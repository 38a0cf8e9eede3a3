import { build, type Rolldown } from "vite";

// Texts are waited for before anything shows, so they come with what shows them, in each language.
const textsOf = (room: string): string[] => ["sr-Cyrl", "sr-Latn", "en"].map((one) => `src/${room}/locales/${one}.po`);
const START = ["src/main.tsx", ...textsOf("app")];
// The frame around all pages, and the page that most people begin with.
const FRAME = [
  "src/routes/_in.tsx?tsr-split=component",
  "src/routes/_in/index.tsx?tsr-split=component",
  ...textsOf("screens/inbox"),
];

type Chunks = Map<string, Rolldown.OutputChunk>;

/** Everything that the files with these modules in them cannot run without. */
const needed = (roots: readonly string[], chunks: Chunks): Set<Rolldown.OutputChunk> => {
  const isRoot = (id: string) => roots.some((root) => id.endsWith(root));
  const found = new Set([...chunks.values()].filter(({ moduleIds }) => moduleIds.some(isRoot)));
  for (const { imports } of found) {
    for (const name of imports) {
      const next = chunks.get(name);
      if (next !== undefined) found.add(next);
    }
  }
  return found;
};

/** Build once with a file for each part, and say of each module that the start or the frame needs that it does. Over a
 * slow line a file that is asked for costs more than what is in it, so each of the two becomes one file afterwards. */
export const joined = async (configFile: string): Promise<Map<string, string>> => {
  const made = await build({ configFile, mode: "parts", build: { write: false }, logLevel: "error" });
  const { output } = made as Rolldown.RolldownOutput;
  const chunks: Chunks = new Map(output.flatMap((one) => (one.type === "chunk" ? [[one.fileName, one]] : [])));
  const files = new Map<string, string>();
  for (const [name, roots] of [
    ["frame", FRAME],
    ["start", START],
  ] as const) {
    for (const { moduleIds } of needed(roots, chunks)) for (const id of moduleIds) files.set(id, name);
  }
  return files;
};
