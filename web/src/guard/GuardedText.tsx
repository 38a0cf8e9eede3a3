import { Trans, useLingui } from "@lingui/react/macro";
import { Checkbox, Stack, Text, Textarea, type TextareaProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import type { FindingOut } from "@/api/gen";
import { checkOptions, found } from "./check";
import { useKindName } from "./kinds";

export interface GuardedValue {
  text: string;
  /** Somebody has looked at what may be a name and says that it is nobody's. */
  namesChecked: boolean;
}

export const NOTHING_WRITTEN: GuardedValue = { text: "", namesChecked: false };

export interface GuardedTextProps extends Omit<TextareaProps, "value" | "onChange"> {
  value: GuardedValue;
  onChange: (value: GuardedValue) => void;
}

const PAUSE = 600;

/** A field for free text that says while one types what would tell who somebody is. */
export const GuardedText = ({ value, onChange, maxLength = 1000, ...rest }: GuardedTextProps) => {
  const { t } = useLingui();
  const [settled] = useDebouncedValue(value.text, PAUSE);
  const findings = useQuery(checkOptions(settled)).data ?? [];
  const current = settled === value.text ? findings : [];
  const refused = current.filter((one) => one.action === "block");
  const asked = current.filter((one) => one.action === "ask");
  const left = maxLength - [...value.text].length;
  return (
    <Stack gap="xs">
      <Textarea
        autosize
        minRows={3}
        autoComplete="off"
        description={t`Без имена и бројева. Још ${left} знакова.`}
        {...rest}
        value={value.text}
        maxLength={maxLength}
        onChange={(event) => onChange({ text: event.currentTarget.value, namesChecked: false })}
      />
      <div role="status">
        {refused.length > 0 && <Refused text={settled} findings={refused} />}
        {asked.length > 0 && <Asked text={settled} findings={asked} />}
      </div>
      {(asked.length > 0 || value.namesChecked) && (
        <Checkbox
          label={t`Погледао/ла сам: то није име особе`}
          checked={value.namesChecked}
          onChange={(event) => onChange({ ...value, namesChecked: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
};

const words = (text: string, findings: readonly FindingOut[]): string =>
  findings.map((one) => `„${found(text, one)}“`).join(", ");

const Refused = ({ text, findings }: { text: string; findings: readonly FindingOut[] }) => {
  const kind = useKindName();
  const list = findings.map((one) => `„${found(text, one)}“ (${kind(one.kind)})`).join(", ");
  return (
    <Text c="var(--mantine-color-error)">
      <Trans>Ово не може да се пошаље, јер открива ко је особа: {list}.</Trans>
    </Text>
  );
};

const Asked = ({ text, findings }: { text: string; findings: readonly FindingOut[] }) => {
  const list = words(text, findings);
  return (
    <Text>
      <Trans>Да ли је ово име особе? {list}</Trans>
    </Text>
  );
};
