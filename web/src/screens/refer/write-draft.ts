import { asProblem, ifMatch } from "@/api";
import {
  type ReferralInRequest,
  type ReferralOut,
  referralsCreate,
  referralsRetrieve,
  referralsUpdate,
} from "@/api/gen";
import { sameBody, type Tried } from "./form";

/** Whether a try that failed may have been carried out all the same: the answer was lost, not given. */
export const isUncertain = (error: unknown): boolean => {
  const { status } = asProblem(error);
  return status === 0 || status >= 500;
};

const create = async (body: ReferralInRequest, key: string): Promise<ReferralOut> =>
  (await referralsCreate({ body, headers: { "Idempotency-Key": key }, throwOnError: true })).data;

/** The draft of an earlier try: by its id, or by asking the very same thing under the very same key. */
const earlier = async (tried: Tried, key: string): Promise<ReferralOut | undefined> => {
  if (tried.referral !== "")
    return (await referralsRetrieve({ path: { id: tried.referral }, throwOnError: true })).data;
  try {
    return await create(tried.body, key);
  } catch (error) {
    if (isUncertain(error)) throw error;
    // It was refused then and is refused now, so it is not there, and its key is free.
    return undefined;
  }
};

const changed = async (found: ReferralOut, body: ReferralInRequest): Promise<ReferralOut> => {
  const { case: _case, send: _send, requester: _requester, ...terms } = body;
  const whole = { narrative: "", ...terms };
  return (await referralsUpdate({ path: { id: found.id }, body: whole, headers: ifMatch(found), throwOnError: true }))
    .data;
};

/** Write the referral as a draft exactly once, however often it is tried and whatever was changed in between. */
export const writeDraft = async (body: ReferralInRequest, key: string, tried: Tried | null): Promise<ReferralOut> => {
  const found = tried === null ? undefined : await earlier(tried, key);
  if (found === undefined || tried === null) return create(body, key);
  return found.status !== "draft" || sameBody(tried.body, body) ? found : changed(found, body);
};
