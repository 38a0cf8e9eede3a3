import { createFileRoute } from "@tanstack/react-router";
import { ResetPasswordPage } from "@/session/ResetPasswordPage";

export const Route = createFileRoute("/reset-password")({ component: ResetPasswordPage });
