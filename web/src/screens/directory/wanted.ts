import { useMe } from "@/session/me";

export interface Search {
  show?: "services" | "organisations" | undefined;
  q?: string | undefined;
  need?: string | undefined;
  group?: string | undefined;
  municipality?: string | undefined;
  free?: boolean | undefined;
}

/** Every municipality, said in the address; where nothing is said it is the reader's own. */
export const EVERYWHERE = "all";

export interface Wanted {
  text: string;
  need: string;
  group: string;
  municipality: string;
  free: boolean;
}

export const useWanted = ({ q = "", need = "", group = "", municipality, free = false }: Search): Wanted => {
  const own = useMe().teams[0]?.municipality ?? useMe().organisations[0]?.municipality ?? "";
  const town = municipality ?? own;
  return { text: q, need, group, municipality: town === EVERYWHERE ? "" : town, free };
};
