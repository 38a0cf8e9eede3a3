import { createFileRoute } from "@tanstack/react-router";
import { loadTexts } from "@/app/i18n";
import { loadLists } from "@/reference";
import { ReviewItem } from "@/screens/audit/ReviewItem";

export const Route = createFileRoute("/_in/audit/$id")({
  loader: () => Promise.all([loadTexts("screens/audit"), loadLists("reveal_purposes", "data_classes")]),
  component: ReviewItem,
});
