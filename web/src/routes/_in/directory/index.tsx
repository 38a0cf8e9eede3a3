import { createFileRoute } from "@tanstack/react-router";
import { z } from "zod/mini";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { Directory } from "@/screens/directory/Directory";

const text = z.optional(z.string());

export const Route = createFileRoute("/_in/directory/")({
  validateSearch: z.object({
    show: z.optional(z.enum(["services", "organisations"])),
    q: text,
    need: text,
    group: text,
    municipality: text,
    free: z.optional(z.boolean()),
  }),
  loader: () =>
    Promise.all([
      loadTexts("screens/directory"),
      loadLists("services", "service_groups", "needs", "municipalities", "sectors"),
    ]),
  component: Directory,
});
