import "./refer.css";
import { useLingui } from "@lingui/react/macro";
import { getRouteApi } from "@tanstack/react-router";
import { Page } from "@/ui";
import { ChooseCase } from "./ChooseCase";
import { ReferFrom } from "./ReferFrom";

const route = getRouteApi("/_in/refer");

export const Refer = () => {
  const { t } = useLingui();
  const { case: id } = route.useSearch();
  return <Page title={t`Нови упут`}>{id === undefined ? <ChooseCase /> : <ReferFrom key={id} id={id} />}</Page>;
};
