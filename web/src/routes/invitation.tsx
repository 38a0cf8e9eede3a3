import { createFileRoute } from "@tanstack/react-router";
import { InvitationPage } from "@/session/InvitationPage";

export const Route = createFileRoute("/invitation")({ component: InvitationPage });
