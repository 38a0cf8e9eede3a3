import { useLingui } from "@lingui/react/macro";
import { useFormContext } from "react-hook-form";
import { FoldedText } from "@/guard";
import { useOptions } from "@/reference";
import { Checkbox, Fieldset, Radio, Stack } from "@/ui";
import { type ConsentForm, consentForm } from "./form";
import { Recipients } from "./Recipients";

const { bundle: BUNDLE, given_by: GIVEN_BY, how: HOW } = consentForm.shape;
const LONGEST_REMARK = 280;

interface Props {
  /** A case that is opened: the organisation that will hold it is always among those named, and one service alone
   * would not let it coordinate. */
  own?: string | undefined;
}

/** The fields of a consent, in the order in which one talks about it. */
export const ConsentFields = ({ own }: Props) => {
  const { t } = useLingui();
  const { watch, setValue, formState } = useFormContext<ConsentForm>();
  return (
    <Stack gap="lg">
      <Bundle own={own} />
      <Recipients
        value={watch("recipients")}
        own={own}
        onChange={(recipients) => setValue("recipients", recipients, { shouldValidate: formState.isSubmitted })}
        error={formState.errors.recipients === undefined ? undefined : t`Изаберите бар једну организацију.`}
      />
      <OnlyIfSaid />
      <Given />
      <FoldedText
        label={t`Напомена`}
        maxLength={LONGEST_REMARK}
        value={watch("remark")}
        onChange={(remark) => setValue("remark", remark)}
      />
    </Stack>
  );
};

const Bundle = ({ own }: Props) => {
  const { t } = useLingui();
  const { watch, setValue } = useFormContext<ConsentForm>();
  const names = useOptions("consent_bundles", ({ code }) => own === undefined || code !== "this_service");
  const said: Record<string, string> = {
    this_service: t`Само ова организација, само оно што јој треба за ову услугу, и њен одговор.`,
    practical_help: t`Смеју да разговарају о становању, документима, приходима, послу и превозу. Ништа о здрављу ни о супстанцама.`,
    full_coordination: t`Смеју заједно да планирају и пруже сву помоћ, и око здравља, супстанци и породице.`,
  };
  return (
    <Radio.Group
      label={t`На шта особа пристаје`}
      value={watch("bundle")}
      onChange={(code) => setValue("bundle", BUNDLE.parse(code))}
    >
      <Stack gap="sm" mt="xs">
        {names.map(({ value: code, label }) => (
          <Radio key={code} size="md" value={code} label={label} description={said[code]} />
        ))}
      </Stack>
    </Radio.Group>
  );
};

const OnlyIfSaid = () => {
  const { t } = useLingui();
  const { watch, setValue } = useFormContext<ConsentForm>();
  return (
    <Fieldset legend={t`Само ако особа то изричито каже`}>
      <Stack gap="sm">
        <Checkbox
          size="md"
          label={t`Смеју да знају и за насиље`}
          checked={watch("violence")}
          onChange={(event) => setValue("violence", event.currentTarget.checked)}
        />
        <Checkbox
          size="md"
          label={t`Смеју да прочитају кратку белешку уз упут`}
          checked={watch("narrative")}
          onChange={(event) => setValue("narrative", event.currentTarget.checked)}
        />
      </Stack>
    </Fieldset>
  );
};

/** By whom, and how. */
const Given = () => {
  const { t } = useLingui();
  const { watch, setValue } = useFormContext<ConsentForm>();
  const givers = useOptions("consent_givers");
  return (
    <>
      <Radio.Group
        label={t`Ко даје пристанак`}
        value={watch("given_by")}
        onChange={(code) => setValue("given_by", GIVEN_BY.parse(code))}
      >
        <Stack gap="sm" mt="xs">
          {givers.map(({ value: code, label }) => (
            <Radio key={code} size="md" value={code} label={label} />
          ))}
        </Stack>
      </Radio.Group>
      <Radio.Group label={t`Како`} value={watch("how")} onChange={(code) => setValue("how", HOW.parse(code))}>
        <Stack gap="sm" mt="xs">
          <Radio size="md" value="written" label={t`Писмено, потписом`} />
          <Radio size="md" value="spoken" label={t`Усмено`} />
        </Stack>
      </Radio.Group>
    </>
  );
};
