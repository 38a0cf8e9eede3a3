import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { FigureOut, ReleaseRow } from "@/api/gen";
import { releaseFiguresFiguresOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Answered, Section, Select, Stack, Text } from "@/ui";
import { FigureCharts } from "./FigureCharts";
import { FigureMap } from "./FigureMap";
import { byPart } from "./figures";
import { isIndicator, useIndicators } from "./indicators";
import { Sentences } from "./Sentences";

/** One indicator at a time: drawn, on the map, and in sentences to cite. */
export const IndicatorView = ({ release }: { release: ReleaseRow }) => {
  const { t } = useLingui();
  const navigate = useNavigate();
  const { indicator: asked } = useSearch({ from: "/_in/statistics/$number" });
  const indicator = isIndicator(asked) ? asked : "N1";
  const groups = useIndicators();
  const figures = useQuery({
    ...releaseFiguresFiguresOptions({ path: { id: release.id }, query: { indicator } }),
    staleTime: Infinity,
  });
  const choose = (value: string | null) => {
    if (value === null) return;
    void navigate({ to: ".", search: { indicator: value }, replace: true, resetScroll: false });
  };
  return (
    <Section title={t`Показатељи`}>
      <Stack gap="lg">
        <Select
          size="md"
          className="wide-choice"
          label={t`Показатељ`}
          data={groups}
          value={indicator}
          onChange={choose}
          allowDeselect={false}
          searchable
          nothingFoundMessage={t`Нема таквог показатеља`}
        />
        <Answered query={figures}>{({ results }) => <Drawn key={indicator} figures={results} />}</Answered>
      </Stack>
    </Section>
  );
};

const Drawn = ({ figures }: { figures: FigureOut[] }) => {
  const { i18n } = useLingui();
  const caveat = figures[0]?.caveats[i18n.locale];
  return (
    <>
      {caveat !== undefined && (
        <Text>
          <Trans>Важно: {caveat}</Trans>
        </Text>
      )}
      <div className="charts">
        {byPart(figures).map((one) => (
          <FigureCharts key={one[0]?.part} figures={one} />
        ))}
        <FigureMap figures={figures} />
      </div>
      <Sentences figures={figures} />
    </>
  );
};
