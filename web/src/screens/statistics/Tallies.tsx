import { Trans, useLingui } from "@lingui/react/macro";
import { IconArrowLeft, IconPlus } from "@tabler/icons-react";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useState } from "react";
import { Button, ButtonLink, Empty, Page, ProblemNotice, Select, Sheet, Skeletons, Text } from "@/ui";
import { NewTally } from "./NewTally";
import { monthName, monthsBack } from "./tallies";
import { TallyList } from "./TallyList";
import { useOwnServices } from "./use-own-services";
import "./statistics.css";

/** How much the own organisation gave, month by month. No person is in it. */
export const Tallies = () => {
  const { t } = useLingui();
  const { counted, waits, error } = useOwnServices();
  return (
    <>
      <ButtonLink
        to="/statistics"
        variant="subtle"
        className="back no-print"
        leftSection={<IconArrowLeft size={18} aria-hidden />}
      >
        <Trans>Статистика</Trans>
      </ButtonLink>
      <Page title={t`Месечни бројеви`} actions={counted.length > 0 && <Enter />}>
        <Text>
          <Trans>Колико је Ваша организација дала у месецу: комада, прегледа, обука. О особама ту нема ничега.</Trans>
        </Text>
        {error !== undefined && <ProblemNotice error={error} />}
        {waits && <Skeletons />}
        {!waits && error === undefined && counted.length === 0 && (
          <Empty>
            <Trans>Ваша организација нема услугу за коју се води месечни број.</Trans>
          </Empty>
        )}
        <MonthFilter />
        <TallyList />
      </Page>
    </>
  );
};

const MonthFilter = () => {
  const { t, i18n } = useLingui();
  const { month } = useSearch({ from: "/_in/statistics/tallies" });
  const navigate = useNavigate({ from: "/statistics/tallies" });
  return (
    <Select
      size="md"
      className="wide-choice"
      label={t`Месец`}
      placeholder={t`Сви`}
      clearable
      data={monthsBack(new Date()).map((value) => ({ value, label: monthName(value, i18n.locale) }))}
      value={month ?? null}
      onChange={(value) => void navigate({ search: value === null ? {} : { month: value }, replace: true })}
    />
  );
};

const Enter = () => {
  const { t } = useLingui();
  const [isOpen, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <>
      <Button size="md" leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setOpen(true)}>
        <Trans>Упиши број</Trans>
      </Button>
      <Sheet title={t`Упиши број`} opened={isOpen} onClose={close}>
        {isOpen && <NewTally onDone={close} />}
      </Sheet>
    </>
  );
};
