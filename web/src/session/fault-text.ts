import { t } from "@lingui/core/macro";

/** Five wrong tries in five minutes close the door for five minutes; the library does not say how long is left. */
export const WAIT_AFTER_TOO_MANY = 300;

/** What the sign-in library found, in our words; its own words for the rest. */
export const faultText = (code: string, theirs: string): string => {
  switch (code) {
    case "username_password_mismatch":
      return t`Корисничко име или лозинка нису тачни.`;
    case "too_many_login_attempts":
      return t`Превише погрешних покушаја. Пријава је затворена на неколико минута.`;
    case "incorrect_code":
      return t`Код није тачан или је већ искоришћен. Сачекајте следећи па покушајте поново.`;
    case "invalid_or_expired_key":
    case "invalid_password_reset":
      return t`Ова веза више не важи. Затражите нову.`;
    case "link_over":
      return t`Ова веза не важи: већ је искоришћена, истекла је, или још чека потврду друге особе.`;
    case "enter_current_password":
    case "incorrect_password":
      return t`Садашња лозинка није тачна.`;
    case "password_too_similar":
      return t`Лозинка превише личи на Ваше име. Изаберите другу.`;
    case "password_too_common":
      return t`Ту лозинку многи користе, па се лако погађа. Изаберите другу.`;
    case "password_too_short":
      return t`Лозинка је прекратка: најмање 12 знакова.`;
    case "required":
      return t`Попуните ово поље.`;
    case "last_factor":
      return t`То није могуће: бар један начин потврде мора да остане, а за неке улоге бар један приступни кључ.`;
    case "not_authenticated":
      return t`Пријава је истекла. Пријавите се поново.`;
    default:
      return theirs;
  }
};
