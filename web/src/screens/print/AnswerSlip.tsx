import { Trans } from "@lingui/react/macro";
import { Title } from "@/ui";

/** The part of the letter that the provider answers on, by phone or on paper; without the person's name. */
export const AnswerSlip = ({ code, phone }: { code: string; phone: string }) => (
  <div className="sheet-answer">
    <Title order={3}>
      <Trans>Одговор на упут {code}</Trans>
    </Title>
    <p>
      <span className="sheet-box" />
      <Trans>
        Прихватамо. Први контакт: <span className="sheet-line" />
      </Trans>
    </p>
    <p>
      <span className="sheet-box" />
      <Trans>
        Не можемо. Разлог: <span className="sheet-line" />
      </Trans>
    </p>
    {phone !== "" && (
      <p>
        <Trans>Јавите нам на {phone}, уз ознаку упута. Име особе немојте писати на овај лист.</Trans>
      </p>
    )}
    <div className="sheet-signatures">
      <p>
        <Trans>За организацију која упућује</Trans>
      </p>
      <p>
        <Trans>За организацију која прима</Trans>
      </p>
    </div>
  </div>
);
