import { Trans, useLingui } from "@lingui/react/macro";
import { IconSend } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import type { CaseOut, ServiceOut } from "@/api/gen";
import { Button, Stack } from "@/ui";
import { useLive } from "./check";
import { CaseStrip } from "./CaseStrip";
import { LiveReferrals } from "./LiveReferrals";
import { NeedChips } from "./NeedChips";
import { NoteField } from "./NoteField";
import { Refused } from "./Refused";
import { Restored } from "./Restored";
import { Sent } from "./Sent";
import { ServicePicker } from "./ServicePicker";
import { Shared } from "./Shared";
import { Terms } from "./Terms";
import { useRefer } from "./use-refer";

interface Props {
  found: CaseOut;
  services: readonly ServiceOut[];
  service: string;
  /** The code of the need with which somebody came here. */
  sought: string;
}

/** The whole referral on one page. Everything that can be known is preset, so that mostly a service and "send" is left
 * to choose. */
export const ReferForm = (props: Props) => {
  const { t } = useLingui();
  const { found, services } = props;
  const refer = useRefer(props);
  const { draft, form, set, chosen, need, check, problem } = refer;
  const page = useRef<HTMLFormElement>(null);
  const [missing, setMissing] = useState("");
  const live = useLive(found.id);
  const go = (part: string, kind = "") =>
    page.current?.querySelector<HTMLElement>(`[data-part="${part}"] input${kind}`)?.focus();

  // The name that may be one has to be looked at: its tick box takes the focus from the summary.
  const isName = problem?.faults.some(({ code }) => code === "likely_name") ?? false;
  useEffect(() => {
    if (!isName) return undefined;
    const frame = requestAnimationFrame(() => go("note", "[type=checkbox]"));
    return () => cancelAnimationFrame(frame);
  }, [isName, problem]);

  if (refer.sent !== null) return <Sent {...refer.sent} refer={refer} />;
  const submit = async () => {
    const known = chosen === undefined ? undefined : (await check.refetch()).data;
    const part = chosen === undefined ? "service" : (known?.refused ?? "") === "" ? "" : "consent";
    setMissing(part);
    if (part === "") refer.submit();
    else go(part);
  };
  return (
    <form
      ref={page}
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
      noValidate
      className="refer"
      aria-label={t`Нови упут`}
    >
      <Stack gap="xl">
        <CaseStrip found={found} />
        {draft.restored && <Restored onFresh={draft.discard} />}
        <LiveReferrals rows={live} except={form.tried?.referral ?? ""} service={chosen} />
        <NeedChips needs={refer.needs} value={need?.id ?? ""} onChange={(id) => set({ need: id })} />
        <ServicePicker
          services={services}
          need={refer.listed}
          chosen={chosen}
          isMissing={missing === "service" && chosen === undefined}
          onChange={(id) => set({ service: id })}
        />
        <Terms form={form} found={found} service={chosen} onChange={set} />
        <NoteField value={form.note} onChange={(note) => set({ note })} />
        {chosen !== undefined && (
          <Shared
            found={found}
            service={chosen}
            need={need}
            check={check}
            withNote={refer.withNote}
            isMissing={missing === "consent"}
          />
        )}
        {problem !== undefined && <Refused problem={problem} retry={() => void submit()} />}
      </Stack>
      <div className="send-bar">
        <Button type="submit" size="md" fullWidth leftSection={<IconSend size={20} />} loading={refer.isSending}>
          <Trans>Пошаљи упут</Trans>
        </Button>
      </div>
    </form>
  );
};
