import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { TokenOut } from "@/api/gen";
import { tokensListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Answered, day, Section, Text, TextLink } from "@/ui";
import { AccountEvents } from "./AccountEvents";
import { tokenState } from "./token-state";

const TokenState = ({ token }: { token: TokenOut }) => {
  const { t, i18n } = useLingui();
  const on = (moment: string) => day(moment, i18n.locale);
  switch (tokenState(token)) {
    case "revoked":
      return t`Опозван ${on(token.revoked_at ?? token.expires_at)}.`;
    case "over":
      return t`Истекао ${on(token.expires_at)}.`;
    case "waiting":
      return t`Чека потврду друге особе и још ништа не отвара.`;
    default:
      return t`Програм ради у Ваше име до ${on(token.expires_at)}.`;
  }
};

const Tokens = ({ person }: { person: string }) => {
  const tokens = useQuery(tokensListOptions({ query: { acting_for: person } }));
  return (
    <Answered query={tokens} lines={1}>
      {({ results }) =>
        results.length === 0 ? (
          <Text>
            <Trans>Ниједан програм не ради у Ваше име.</Trans>
          </Text>
        ) : (
          <ul className="plain-list">
            {results.map((one) => (
              <li key={one.id} className="row">
                <Text fw={600}>{one.name}</Text>
                <Text size="sm" c="dimmed">
                  <TokenState token={one} />
                </Text>
              </li>
            ))}
          </ul>
        )
      }
    </Answered>
  );
};

/** Who has used my rights: questions to me, and programs that act for me. */
export const MyRights = () => {
  const { t } = useLingui();
  const me = useMe();
  return (
    <Section title={t`Ко је користио моја права`}>
      <Text>
        <Trans>
          Сваки Ваш увид остаје забележен. Ако неко из надзора о неком увиду има питање, чека Вас у{" "}
          <TextLink to="/audit">прегледу увида</TextLink>. Ако неки увид није Ваш, одјавите се на свим уређајима и
          промените лозинку.
        </Trans>
      </Text>
      {(may(me, "token.issue") || may(me, "membership.manage")) && <Tokens person={me.id} />}
      <AccountEvents />
    </Section>
  );
};
