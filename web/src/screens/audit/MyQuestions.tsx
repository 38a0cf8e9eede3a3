import { Trans } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { reviewsListOptions } from "@/api/gen/@tanstack/react-query.gen";
import { useMe } from "@/session/me";
import { Answered, Empty, Stack, Text } from "@/ui";
import { AnswerForm } from "./AnswerForm";

/** What somebody asked about what I did. Everybody who works with cases can be asked. */
export const MyQuestions = () => {
  const me = useMe();
  const items = useQuery(reviewsListOptions({ query: { person: me.id, ordering: "newest" } }));
  return (
    <Stack gap="lg">
      <Text>
        <Trans>
          Сваки увид у податке се бележи, а неколико њих сваког месеца неко погледа. Ако треба објашњење, питање стиже
          овде. Питање није оптужба.
        </Trans>
      </Text>
      <Answered query={items}>
        {({ results }) =>
          results.length === 0 ? (
            <Empty>
              <Trans>Нико Вас ништа не пита.</Trans>
            </Empty>
          ) : (
            <ul className="plain-list">
              {results.map((one) => (
                <li key={one.id} className="row">
                  <AnswerForm item={one} />
                </li>
              ))}
            </ul>
          )
        }
      </Answered>
    </Stack>
  );
};
