import { useState } from "react";
import { asProblem } from "@/api";

/** What somebody else has made of it meanwhile: read anew once the service says that the version sent was old. */
export const useTheirs = <Row>(read: (id: string) => Promise<{ data: Row }>) => {
  const [theirs, setTheirs] = useState<Row>();
  const readOn = (id: string) => ({
    onError: (error: unknown) => {
      if (asProblem(error).status !== 412) return;
      void read(id).then(({ data }) => setTheirs(data));
    },
  });
  return { theirs, readOn, leave: () => setTheirs(undefined) };
};
