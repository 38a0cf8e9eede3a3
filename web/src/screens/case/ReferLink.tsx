import type { ReactNode } from "react";
import type { CaseOut } from "@/api/gen";
import { ButtonLink } from "@/ui";

interface Props {
  one: CaseOut;
  /** The code of the need that is to be answered. */
  need?: string;
  size?: "sm" | "md";
  variant?: "filled" | "default";
  label?: string;
  children: ReactNode;
}

/** To the form of a referral for this case, where the reader may refer from it. */
export const ReferLink = ({ one, need, size = "sm", variant = "filled", label, children }: Props) => {
  if (!one.allowed_actions.includes("refer")) return null;
  return (
    <ButtonLink
      to="/refer"
      search={{ case: one.id, ...(need === undefined ? {} : { need }) }}
      preload={false}
      size={size}
      variant={variant}
      aria-label={label}
    >
      {children}
    </ButtonLink>
  );
};
