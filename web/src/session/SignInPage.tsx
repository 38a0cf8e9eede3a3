import { useLingui } from "@lingui/react/macro";
import { getRouteApi, useRouter } from "@tanstack/react-router";
import { useCallback, useState } from "react";
import { queryClient } from "@/api";
import { Page } from "@/ui";
import { Door } from "./Door";
import { safeNext } from "./next";
import { SignIn } from "./SignIn";
import type { Step } from "./step";

const route = getRouteApi("/sign-in");

const useTitle = (at: Step["step"] | "codes"): string => {
  const { t } = useLingui();
  if (at === "factor") return t`Још једна потврда`;
  if (at === "add") return t`Заштитите налог`;
  if (at === "codes") return t`Резервни кодови`;
  return t`Пријава`;
};

export const SignInPage = () => {
  const { next } = route.useSearch();
  const { history } = useRouter();
  const [at, setAt] = useState<Step["step"] | "codes">("password");
  const title = useTitle(at);
  const onIn = useCallback(() => {
    queryClient.clear();
    history.replace(safeNext(next));
  }, [history, next]);
  return (
    <Door>
      <Page title={title}>
        <SignIn onStep={setAt} onIn={onIn} />
      </Page>
    </Door>
  );
};
