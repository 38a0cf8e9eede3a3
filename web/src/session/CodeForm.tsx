import "./factors.css";
import { useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState, type ReactNode } from "react";
import { TextInput } from "@/ui";
import { StepForm } from "./StepForm";
import { faultAt } from "./StepProblem";
import { useTry } from "./use-try";

interface Props {
  description: ReactNode;
  /** There is nothing to be read above the field first. */
  focused?: boolean;
  send: (code: string) => Promise<unknown>;
  onDone: () => void;
}

/** Six digits of the app, or a longer one of the codes kept for a lost phone. */
export const CodeForm = ({ description, focused = true, send, onDone }: Props) => {
  const { t } = useLingui();
  const field = useRef<HTMLInputElement>(null);
  const [code, setCode] = useState("");
  const tried = useTry(() => send(code), onDone);
  const fault = faultAt(tried, "/code");
  useEffect(() => {
    if (focused) field.current?.focus();
  }, [focused]);
  useEffect(() => {
    if (tried.problem !== undefined) field.current?.select();
  }, [tried.problem]);
  return (
    <StepForm tried={tried} field="/code" label={t`Потврди`}>
      <TextInput
        ref={field}
        label={t`Код`}
        description={description}
        size="md"
        name="code"
        required
        withAsterisk={false}
        inputMode="numeric"
        autoComplete="one-time-code"
        spellCheck={false}
        maxLength={12}
        className="code-field"
        value={code}
        error={fault}
        onChange={(event) => setCode(event.currentTarget.value)}
      />
    </StepForm>
  );
};
