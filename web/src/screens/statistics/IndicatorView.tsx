import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import type { ReleaseRow } from "@/api/gen";
import { releaseFiguresFiguresOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Answered, Section, Select, Stack, Text } from "@/ui";
import { FigureCharts } from "./FigureCharts";
import { FigureMap } from "./FigureMap";
import { byPart } from "./figures";
import { isIndicator, useIndicators } from "./indicators";
import { Sentences } from "./Sentences";

/** One indicator at a time: drawn, on the map, and in sentences to cite. */
export const IndicatorView = ({ release }: { release: ReleaseRow }) => {
  const { t, i18n } = useLingui();
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
        <Answered query={figures}>
          {({ results }) => (
            <>
              {results[0]?.caveats[i18n.locale] !== undefined && (
                <Text>
                  <Trans>Важно: {results[0].caveats[i18n.locale]}</Trans>
                </Text>
              )}
              <div className="charts">
                {byPart(results).map((one) => (
                  <FigureCharts key={one[0]?.part} figures={one} />
                ))}
                <FigureMap figures={results} />
              </div>
              <Sentences key={indicator} figures={results} />
            </>
          )}
        </Answered>
      </Stack>
    </Section>
  );
};
