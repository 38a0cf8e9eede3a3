import { Trans, useLingui } from "@lingui/react/macro";
import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { zodResolver } from "@hookform/resolvers/zod";
import { useState } from "react";
import { Controller, useForm } from "react-hook-form";
import { z } from "zod/mini";
import { casesCreateMutation } from "@/api/gen/@tanstack/react-query.gen";
import { useEntries, useMisfit } from "@/reference";
import { useMe } from "@/session/me";
import { Button, Group, Section, Stack, useSend } from "@/ui";
import { BundleField, CodedFields } from "./NewCaseFields";
import { NeedsField } from "./NeedsField";
import { caseBody, type NewCaseForm } from "./new-case";
import { Refused } from "./Refused";

const schema = z.object({
  bundle: z.string().check(z.minLength(1)),
  how: z.enum(["spoken", "written"]),
  ageBand: z.string(),
  sex: z.string(),
  source: z.string(),
  needs: z.array(z.string()),
});
const NOTHING: NewCaseForm = { bundle: "", how: "spoken", ageBand: "", sex: "", source: "", needs: [] };

const route = getRouteApi("/_in/refer");

/** A case in a minute: what the person agreed to, and four coded facts. Nothing says who it is. */
export const NewCase = ({ onCancel }: { onCancel: () => void }) => {
  const { t } = useLingui();
  const me = useMe();
  const navigate = useNavigate({ from: "/refer" });
  const [key, setKey] = useState(() => crypto.randomUUID());
  const { need: sought } = route.useSearch();
  const needs = useEntries("needs").filter(({ code }) => code === sought);
  const form = useForm<NewCaseForm>({
    defaultValues: { ...NOTHING, needs: needs.map(({ code }) => code) },
    resolver: zodResolver(schema),
  });
  const open = useSend(casesCreateMutation(), ({ id }) => {
    void navigate({ search: (old) => ({ ...old, case: id }), replace: true });
  });
  const misfit = useMisfit(form.watch("bundle"), form.watch("needs"));
  const submit = form.handleSubmit((given) => {
    if (misfit !== undefined) return form.setFocus("needs");
    // Other facts are another case; the same ones, after a broken line, are not.
    const body = caseBody(given, me);
    const isSame = JSON.stringify(open.variables?.body) === JSON.stringify(body);
    const used = open.variables === undefined || isSame ? key : crypto.randomUUID();
    setKey(used);
    open.mutate({ body, headers: { "Idempotency-Key": used } });
  });
  return (
    <Section title={t`Нови случај`}>
      <form onSubmit={(event) => void submit(event)} noValidate className="refer" aria-label={t`Нови случај`}>
        <Stack gap="lg">
          <Controller
            control={form.control}
            name="bundle"
            render={({ field, fieldState }) => <BundleField field={field} isMissing={fieldState.invalid} />}
          />
          <CodedFields control={form.control} />
          <NeedsField control={form.control} misfit={misfit} />
          {open.problem !== undefined && <Refused problem={open.problem} retry={() => void submit()} />}
          <Group gap="sm">
            <Button type="submit" size="md" loading={open.isPending}>
              <Trans>Отвори случај и настави</Trans>
            </Button>
            <Button variant="subtle" size="md" onClick={onCancel}>
              <Trans>Одустани</Trans>
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
};
