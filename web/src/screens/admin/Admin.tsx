import { Trans, useLingui } from "@lingui/react/macro";
import { useMe } from "@/session/me";
import { Empty, Page, RowLink, Text } from "@/ui";
import { adminPlacesOf } from "./places";
import "./admin.css";

/** What this person may look after; nothing else is named. */
export const Admin = () => {
  const { t, i18n } = useLingui();
  const places = adminPlacesOf(useMe());
  return (
    <Page title={t`Управљање`}>
      {places.length === 0 && (
        <Empty>
          <Trans>За Вашу улогу овде још нема страница.</Trans>
        </Empty>
      )}
      <ul className="plain-list">
        {places.map(({ to, name, says, icon: Icon }) => (
          <li key={to}>
            <RowLink to={to}>
              <span className="admin-place">
                <Icon size={24} aria-hidden />
                <span>
                  <Text span display="block" fw={600}>
                    {i18n._(name)}
                  </Text>
                  <Text span display="block" size="sm" c="dimmed">
                    {i18n._(says)}
                  </Text>
                </span>
              </span>
            </RowLink>
          </li>
        ))}
      </ul>
    </Page>
  );
};
