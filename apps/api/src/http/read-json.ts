import type { Context } from "hono";
import { httpProblem } from "./problem.ts";

/** Objects and arrays within each other a body may have; validators and encoders recurse. */
const DEPTH_LIMIT = 100;

/** Whether a value nests deeper than `limit`; does not recurse itself. */
const isDeeper = (value: unknown, limit: number): boolean => {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((item) => (typeof item === "object" && item !== null ? Object.values(item) : []));
  }
  return false;
};

const isJsonType = (type: string): boolean =>
  (type.split(";")[0] ?? "").trim().toLowerCase() === "application/json";

/** The JSON body, or the refusal. An absent body counts as `{}`. */
export const readJson = async (
  c: Context,
): Promise<{ readonly value: unknown } | { readonly refusal: Response }> => {
  const bytes = await c.req.arrayBuffer();
  if (bytes.byteLength === 0) return { value: {} };
  const type = c.req.header("content-type") ?? "";
  if (!isJsonType(type))
    return { refusal: httpProblem(c, "not-json", `The body came as ${type || "nothing named"}.`) };
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (cause) {
    const reason = cause instanceof SyntaxError ? cause.message : "It is not UTF-8.";
    return { refusal: httpProblem(c, "malformed-json", reason) };
  }
  if (!isDeeper(value, DEPTH_LIMIT)) return { value };
  return {
    refusal: httpProblem(c, "invalid", `The body nests deeper than ${DEPTH_LIMIT}.`, { limit: DEPTH_LIMIT }),
  };
};
