import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { Answered, Button, Stack } from "@/ui";
import { AddFactor } from "./AddFactor";
import { FactorStep } from "./FactorStep";
import { recoveryCodes } from "./factors";
import { PasswordStep } from "./PasswordStep";
import { RecoveryCodes } from "./RecoveryCodes";
import { look, type Step } from "./step";

interface Props {
  /** Only this person may come in. */
  username?: string;
  onStep?: (step: Step["step"] | "codes") => void;
  onIn: (person: string) => void;
}

/** The way in, one step at a time: after each, the service says where one stands. */
export const SignIn = ({ username, onStep, onIn }: Props) => {
  const [codes, setCodes] = useState<readonly string[]>([]);
  const where = useQuery({ queryKey: ["way-in"], queryFn: look, gcTime: 0, staleTime: 0, refetchOnWindowFocus: false });
  const found = where.data;
  const shown = codes.length > 0 ? "codes" : found?.step;
  useEffect(() => {
    if (shown !== undefined) onStep?.(shown);
  }, [shown, onStep]);
  const person = codes.length === 0 && found?.step === "in" ? found.person : undefined;
  useEffect(() => {
    if (person !== undefined) onIn(person);
  }, [person, onIn]);
  const next = () => void where.refetch();
  const showCodes = async () => {
    setCodes(await recoveryCodes().catch(() => []));
    next();
  };
  if (codes.length > 0)
    return (
      <Stack gap="md">
        <RecoveryCodes codes={codes} />
        <Button size="md" className="no-print" onClick={() => setCodes([])}>
          <Trans>Сачувани су, настави</Trans>
        </Button>
      </Stack>
    );
  return (
    <Answered query={where} lines={3}>
      {(at) => {
        if (at.step === "password") return <PasswordStep username={username} onDone={next} />;
        if (at.step === "factor") return <FactorStep kinds={at.kinds} again={at.again} onDone={next} />;
        if (at.step === "add") return <AddFactor kinds={at.kinds} onDone={() => void showCodes()} />;
        return null;
      }}
    </Answered>
  );
};
