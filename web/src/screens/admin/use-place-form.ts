import { useForm } from "react-hook-form";
import { zodResolver } from "@hookform/resolvers/zod";
import { useMe } from "@/session/me";
import { NO_PLACE, type PlaceForm, placeSchema } from "./place-form";
import { rolesGiven } from "./roles-given";

/** A form for a place that begins with what is likely: the only team, the own organisation. */
export const usePlaceForm = () => {
  const me = useMe();
  const roles = rolesGiven(me);
  return useForm<PlaceForm>({
    resolver: zodResolver(placeSchema),
    defaultValues: {
      ...NO_PLACE,
      role: roles[0] ?? "",
      team: me.teams.length === 1 ? (me.teams[0]?.id ?? "") : "",
      organisation: me.organisations.length === 1 ? (me.organisations[0]?.id ?? "") : "",
    },
  });
};
