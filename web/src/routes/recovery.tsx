import { createFileRoute } from "@tanstack/react-router";
import { RecoveryPage } from "@/session/RecoveryPage";

export const Route = createFileRoute("/recovery")({ component: RecoveryPage });
