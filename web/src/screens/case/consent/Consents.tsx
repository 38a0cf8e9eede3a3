import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import type { CaseOut } from "@/api/gen";
import { consentsListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Answered, Empty, Section } from "@/ui";
import { ActButton } from "../acts/ActButton";
import { readOnce } from "../data";
import { ConsentLine } from "./ConsentLine";

/** What the person agreed to, and took back. */
export const Consents = ({ one }: { one: CaseOut }) => {
  const { t } = useLingui();
  const query = { page_size: 100 };
  const consents = useQuery({ ...consentsListOptions({ path: { case_id: one.id }, query }), ...readOnce });
  return (
    <Section title={t`Пристанци`} actions={<ActButton one={one} act="record_consent" quiet />}>
      <Answered query={consents}>
        {({ results }) =>
          results.length === 0 ? (
            <Empty>
              <Trans>Нема забележених пристанака.</Trans>
            </Empty>
          ) : (
            <ul className="plain-list">
              {results.map((row) => (
                <ConsentLine key={row.id} one={one} row={row} />
              ))}
            </ul>
          )
        }
      </Answered>
    </Section>
  );
};
