import { Trans, useLingui } from "@lingui/react/macro";
import type { ReleaseRow } from "@/api/gen";
import { may, useMe } from "@/session/me";
import { Button, Group, Text } from "@/ui";

const YEAR = /^\d{4}$/;

/** The release as files: the same bytes each time. */
export const Downloads = ({ release }: { release: ReleaseRow }) => {
  const { t } = useLingui();
  const me = useMe();
  const at = `/api/v1/releases/${release.id}`;
  const tdi = release.tier === "B" && YEAR.test(release.period) && may(me, "statistics.national");
  return (
    <>
      <Group>
        {["csv", "json", "xlsx"].map((one) => (
          <Button key={one} component="a" variant="default" size="md" href={`${at}/export?as=${one}`} download>
            {one.toUpperCase()}
          </Button>
        ))}
        {tdi && (
          <Button component="a" variant="default" size="md" href={`${at}/tdi`} download>
            {t`ТДИ табела`}
          </Button>
        )}
      </Group>
      {tdi && (
        <Text size="sm" c="dimmed">
          <Trans>Упућивања нису почеци лечења: ова табела није ТДИ извештај.</Trans>
        </Text>
      )}
    </>
  );
};
