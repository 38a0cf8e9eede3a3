import { useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { CaseOut } from "@/api/gen";
import { consentsListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Section } from "@/ui";
import { ActButton } from "../acts/ActButton";
import { readOnce } from "../data";
import { Lines } from "../Lines";
import { ConsentLine } from "./ConsentLine";

/** What the person agreed to, and took back. */
export const Consents = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  const query = { page_size: 100 };
  const consents = useQuery({ ...consentsListOptions({ path: { case_id: one.id }, query }), ...readOnce });
  return (
    <Section title={t`Пристанци`} actions={<ActButton one={one} act="record_consent" quiet />}>
      <Lines query={consents} none={t`Нема забележених пристанака.`}>
        {(row) => <ConsentLine key={row.id} one={one} row={row} />}
      </Lines>
    </Section>
  );
};
