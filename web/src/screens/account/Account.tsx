import "./account.css";
import { useLingui } from "@lingui/react/macro";
import { Page } from "@/ui";
import { AboutMe } from "./AboutMe";
import { Factors } from "./Factors";
import { LanguageAndLook } from "./LanguageAndLook";
import { Leaving } from "./Leaving";
import { MyRights } from "./MyRights";
import { Password } from "./Password";
import { Sessions } from "./Sessions";

export const Account = () => {
  const { t } = useLingui();
  return (
    <Page title={t`Мој налог`}>
      <AboutMe />
      <LanguageAndLook />
      <Factors />
      <Password />
      <Sessions />
      <MyRights />
      <Leaving />
    </Page>
  );
};
