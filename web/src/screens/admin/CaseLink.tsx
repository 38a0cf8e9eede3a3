import { Trans } from "@lingui/react/macro";
import type { ReactNode } from "react";
import { may, useMe } from "@/session/me";
import { Text, TextLink } from "@/ui";

interface Props {
  id: string;
  /** Which case, where several are named. */
  children?: ReactNode;
}

/** To the case, for who may see cases. Opening it is a reading on record, so it is not fetched before. */
export const CaseLink = ({ id, children }: Props) => {
  const me = useMe();
  if (!may(me, "case.view_coded")) return null;
  return (
    <Text>
      <TextLink to="/cases/$id" params={{ id }} preload={false}>
        {children ?? <Trans>Отвори случај</Trans>}
      </TextLink>
    </Text>
  );
};
