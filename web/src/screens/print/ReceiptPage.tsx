import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { getRouteApi } from "@tanstack/react-router";
import { IconPrinter } from "@tabler/icons-react";
import type { ReceiptOut } from "@/api/gen";
import { consentsReceiptOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Answered, Button, Page, Text } from "@/ui";
import { usePaper } from "./use-paper";
import "./receipt.css";

const route = getRouteApi("/_in/print/receipt/$id");

/** What the person takes home: what was agreed, with whom, until when, and how to take it back. On A5, in both scripts. */
export const ReceiptPage = () => {
  const { t } = useLingui();
  const { id } = route.useParams();
  usePaper("A5");
  const receipt = useQuery({
    ...consentsReceiptOptions({ path: { id } }),
    staleTime: Infinity,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  return (
    <Page
      title={t`Потврда о пристанку`}
      actions={
        <Button
          size="md"
          disabled={receipt.data === undefined}
          leftSection={<IconPrinter size={20} aria-hidden />}
          onClick={() => window.print()}
        >
          <Trans>Одштампај</Trans>
        </Button>
      }
    >
      <Text className="no-print">
        <Trans>Два листа формата А5: ћирилицом и латиницом. Потврда нема ознаку случаја.</Trans>
      </Text>
      <Answered query={receipt}>{(data) => <Sheets receipt={data} />}</Answered>
    </Page>
  );
};

const SCRIPTS = ["sr-Cyrl", "sr-Latn"] as const;
/** The line to sign is printed in the script of its sheet, not in the language of the reader. */
const SIGNATURES = {
  "sr-Cyrl": ["Датум", "Потпис"],
  "sr-Latn": ["Datum", "Potpis"],
  en: ["Date", "Signature"],
} as const;

const Sheets = ({ receipt }: { receipt: ReceiptOut }) => {
  const { i18n } = useLingui();
  const scripts = i18n.locale === "en" ? ([...SCRIPTS, "en"] as const) : SCRIPTS;
  return scripts.map((script) => (
    <article key={script} className="receipt" lang={script}>
      <p className="receipt-text">{receipt.text[script]}</p>
      <footer className="receipt-signs">
        {SIGNATURES[script].map((word) => (
          <span key={word}>{word}:</span>
        ))}
      </footer>
    </article>
  ));
};
