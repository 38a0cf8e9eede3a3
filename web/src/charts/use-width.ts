import { useElementSize } from "@mantine/hooks";

const USUAL = 600;

/** How wide a chart may be: as its place, so that letters keep their size at any width. */
export const useWidth = () => {
  const { ref, width } = useElementSize<HTMLDivElement>();
  return { ref, width: width === 0 ? Math.min(USUAL, window.innerWidth - 48) : width };
};
