import { z } from "zod";
import { wholeNumber } from "../http/whole-number.ts";

const name = z.string().max(200).optional();
const count = wholeNumber.optional();

/** What a page of facts is narrowed to. */
export const factQuery = z.object({
  replica: name,
  type: name,
  authority: name,
  since: count,
  until: count,
  at: count,
  from: count,
  limit: wholeNumber.pipe(z.number().min(1).max(1_000)).optional(),
});
