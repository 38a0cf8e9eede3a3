import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { erasuresCertificateOptions } from "@/api/gen/@tanstack/react-query.gen";
import { Answered, Button, Group, saveText, Stack, Text } from "@/ui";

/** What was erased, what stays and until when: in the words of the service, for the person and for the files. */
export const Certificate = ({ id }: { id: string }) => {
  const { i18n } = useLingui();
  const certificate = useQuery(erasuresCertificateOptions({ path: { id } }));
  return (
    <Answered query={certificate}>
      {(data) => {
        const { texts } = data;
        const text = { en: texts.en, "sr-Latn": texts.sr_latn }[i18n.locale] ?? texts.sr_cyrl;
        return (
          <Stack gap="md">
            <Text className="quiet-text">{text}</Text>
            <Group gap="xs">
              <Button variant="default" size="md" onClick={() => saveText("spona.txt", "text/plain", text)}>
                <Trans>Сачувај за читање</Trans>
              </Button>
              <Button
                variant="default"
                size="md"
                onClick={() => saveText("spona.json", "application/json", JSON.stringify(data, null, 2))}
              >
                <Trans>Сачувај као JSON</Trans>
              </Button>
            </Group>
          </Stack>
        );
      }}
    </Answered>
  );
};
