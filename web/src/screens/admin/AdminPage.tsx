import { Trans } from "@lingui/react/macro";
import { IconArrowLeft } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { ButtonLink, Page } from "@/ui";
import "./admin.css";

interface Props {
  title: string;
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of the administration, with the way back. */
export const AdminPage = ({ title, actions, children }: Props) => (
  <>
    <ButtonLink
      to="/admin"
      variant="subtle"
      className="back no-print"
      leftSection={<IconArrowLeft size={18} aria-hidden />}
    >
      <Trans>Управљање</Trans>
    </ButtonLink>
    <Page title={title} actions={actions}>
      {children}
    </Page>
  </>
);
