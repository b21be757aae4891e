import { type Caller, operator } from "@parley/runtime/host";
import type { Context } from "hono";
import { httpProblem } from "./problem.ts";

/** Longest idempotency key. A longer one is refused, never cut: two keys must not become one. */
const KEY_LIMIT = 200;

/** Who asks, with the idempotency key; or the refusal of a key that is none. */
export const callerOf = (c: Context): Caller | Response => {
  const key = c.req.header("idempotency-key");
  if (key === undefined) return operator;
  if (key !== "" && key.length <= KEY_LIMIT) return { ...operator, key };
  const message = `1 to ${KEY_LIMIT} characters`;
  return httpProblem(c, "invalid", `Idempotency-Key: ${message}.`, {
    issues: [{ path: ["Idempotency-Key"], message }],
  });
};
