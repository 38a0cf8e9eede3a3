import { Trans } from "@lingui/react/macro";
import { may, useMe } from "@/session/me";
import { Text, TextLink } from "@/ui";

/** To the case, for who may see cases. Opening it is a reading on record, so it is not fetched before. */
export const CaseLink = ({ id }: { id: string }) => {
  const me = useMe();
  if (!may(me, "case.view_coded")) return null;
  return (
    <Text>
      <TextLink to="/cases/$id" params={{ id }} preload={false}>
        <Trans>Отвори случај</Trans>
      </TextLink>
    </Text>
  );
};
