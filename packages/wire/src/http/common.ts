import { z } from "zod";

/** `application/problem+json` (RFC 9457) with our stable code; every refusal of the API has this body. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number().int(),
  /** Stable, e.g. `PAR7101`; its section is in `docs/errors.md`. */
  code: z.string(),
  detail: z.string(),
  /** What to do about it. */
  hint: z.string().optional(),
  /** Typed fields of the error: the stale head and the present one, the limit and the size … */
  fields: z.record(z.string(), z.unknown()).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/);
export const idSchema = z.string().min(1).max(128);

/** A value on the machine, as JSON; naturals beyond 2^53 travel as decimal text. */
export type ValueJson =
  | { kind: "unit" }
  | { kind: "nat"; value: number | string }
  | { kind: "bool"; value: boolean }
  | { kind: "str"; value: string }
  | { kind: "prod"; left: ValueJson; right: ValueJson }
  | { kind: "endpoint"; sid: number; role: string }
  | { kind: "opaque"; type: string; json: string };

export const valueSchema: z.ZodType<ValueJson> = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("unit") }),
    z.object({
      kind: z.literal("nat"),
      value: z.union([z.number().int().nonnegative(), z.string().regex(/^\d+$/)]),
    }),
    z.object({ kind: z.literal("bool"), value: z.boolean() }),
    z.object({ kind: z.literal("str"), value: z.string() }),
    z.object({ kind: z.literal("prod"), left: valueSchema, right: valueSchema }),
    z.object({ kind: z.literal("endpoint"), sid: z.number().int(), role: z.string() }),
    z.object({ kind: z.literal("opaque"), type: z.string(), json: z.string() }),
  ]),
);

export const diagnosticSchema = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning", "info"]),
  message: z.string(),
  span: z.object({ start: z.number().int(), end: z.number().int() }),
  line: z.number().int(),
  column: z.number().int(),
  related: z.array(
    z.object({ message: z.string(), span: z.object({ start: z.number().int(), end: z.number().int() }) }),
  ),
});

export const healthSchema = z.object({
  ok: z.boolean(),
  version: z.string(),
  semantics: z.number().int(),
  lastCommit: z.number().int(),
  writable: z.boolean(),
  /** What sessions are opened on: the backend label asked for and the one there is, and how a session runs unless it asks otherwise. */
  runsOn: z.object({
    backend: z.object({ asked: z.string().nullable(), ran: z.string() }),
    mode: z.string(),
    policy: z.string(),
    profile: z.string(),
    parity: z.string(),
  }),
});
