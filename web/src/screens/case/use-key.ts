import { useState } from "react";

/** For the header Idempotency-Key: one for each form that was opened, so that sending it twice does it once. */
export const useKey = (): string => useState(() => crypto.randomUUID())[0];
