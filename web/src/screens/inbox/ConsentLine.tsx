import { useLingui } from "@lingui/react/macro";
import { IconClock } from "@tabler/icons-react";
import type { InboxLine } from "@/api/gen";
import { ButtonLink, Group, Sign, Text, TextLink, untilNow } from "@/ui";

/** A consent that ends soon: it is renewed at the case, with the person. */
export const ConsentLine = ({ line }: { line: InboxLine }) => {
  const { t, i18n } = useLingui();
  const ends = line.due_at === null ? "" : untilNow(line.due_at, i18n.locale);
  return (
    <li className="inbox-line">
      <div className="inbox-what">
        <Group gap="xs" align="baseline">
          <TextLink to="/cases/$id" params={{ id: line.code }} fw={650} size="lg" className="inbox-name">
            {line.spoken_name || line.code}
          </TextLink>
          <Text span size="sm" c="dimmed" className="numbers">
            {line.code}
          </Text>
        </Group>
        <Sign icon={IconClock} tone="soon">{t`Пристанак истиче ${ends}`}</Sign>
      </div>
      <div className="inbox-acts">
        <ButtonLink
          to="/cases/$id"
          params={{ id: line.code }}
          size="md"
          variant="default"
          aria-label={t`Отвори случај: ${line.spoken_name}`}
        >{t`Отвори случај`}</ButtonLink>
      </div>
    </li>
  );
};
