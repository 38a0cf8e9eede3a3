import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { tokensListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { may, useMe } from "@/session/me";
import { Answered, day, Section, Text, TextLink } from "@/ui";

const Tokens = ({ person }: { person: string }) => {
  const { i18n } = useLingui();
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
                  {one.revoked_at === null ? (
                    <Trans>Програм ради у Ваше име до {day(one.expires_at, i18n.locale)}.</Trans>
                  ) : (
                    <Trans>Опозван {day(one.revoked_at, i18n.locale)}.</Trans>
                  )}
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
      {may(me, "token.issue") && <Tokens person={me.id} />}
    </Section>
  );
};
