import { Trans, useLingui } from "@lingui/react/macro";
import { useState } from "react";
import type { Problem } from "@/api";
import { Alert, Button, Form, ProblemNotice, Text, TextInput } from "@/ui";
import { isTyped } from "./key-destruction";

interface Props {
  /** What happens, in plain words. */
  says: string;
  /** What has to be typed: the letters with which the codes of the team begin. */
  prefix: string;
  button: string;
  problem: Problem | undefined;
  sending: boolean;
  onSure: () => void;
}

/** For what nobody can take back: it is done by who has typed of which team it is, never by a press alone. */
export const TypedSure = ({ says, prefix, button, problem, sending, onSure }: Props) => {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const [wrong, setWrong] = useState(false);
  const submit = () => {
    setWrong(!isTyped(prefix, text));
    if (isTyped(prefix, text)) onSure();
  };
  return (
    <Form onSubmit={submit}>
      <Alert variant="outline" color="red" title={t`Ово не може да се врати`}>
        <Text>{says}</Text>
      </Alert>
      {problem !== undefined && <ProblemNotice error={problem} />}
      <TextInput
        size="md"
        label={t`За потврду упишите ознаку тима: ${prefix}`}
        description={t`Два латинична слова којима почињу ознаке случајева тог тима.`}
        autoComplete="off"
        autoCapitalize="characters"
        spellCheck={false}
        error={wrong ? t`То није ознака овог тима. Проверите о ком тиму је реч.` : undefined}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Button type="submit" size="md" color="red" loading={sending}>
        {button}
      </Button>
      <Text size="sm" c="dimmed">
        <Trans>Ако нисте сигурни, затворите ово и позовите другу особу.</Trans>
      </Text>
    </Form>
  );
};
