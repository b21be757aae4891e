import { z } from "zod";
import { seatFrontierSchema } from "./authority.ts";
import { hashSchema, idSchema, valueSchema } from "./common.ts";
import { stopSchema, topologySchema } from "./debugging.ts";
import { schedulerSchema, scriptSchema, signalsSchema } from "./execution.ts";
import { seatSchema } from "./session-view.ts";

const count = z.number().int().nonnegative();
const sizes = z.record(z.string(), z.number().int().min(0).max(10_000));

/** `POST /api/sessions` and, without side effects, `POST /api/admission`. */
export const openSessionSchema = z.object({
  protocol: idSchema,
  /** Absent = the latest version. */
  version: hashSchema.optional(),
  title: z.string().max(200).optional(),
  /** Seats left out are filled from the seeded cast, in order. */
  seats: z.array(seatSchema).optional(),
  families: sizes.optional(),
  names: sizes.optional(),
  policy: z.string().optional(),
  decisions: z.enum(["ask", "first", "random", "roundRobin", "script"]).optional(),
  /** Rows for `decisions: script`. */
  script: scriptSchema.optional(),
  /** Absent = one coroutine after the other, first in, first out. */
  scheduler: schedulerSchema.optional(),
  signals: signalsSchema.optional(),
  /** For the `fixed` scheduler: the highest goes first, a role not named has 0. */
  priorities: z.record(z.string(), z.number().int().min(-1_000).max(1_000)).optional(),
  /** A hardening profile: guard layers, allowed outputs, who may be told what. */
  profile: z.enum(["dev", "ci", "prod"]).optional(),
  /** The runtime it is to agree with: its scheduler is taken where none is asked for, its determinism and tier must be the policy's. */
  parity: z.enum(["native_cooperative", "wasm_cooperative", "native_threaded", "runtime_default"]).optional(),
  /** The runtime profile it is admitted on, by name; absent = `full`. */
  runtime: z.string().max(64).optional(),
  seed: z.string().max(64).optional(),
  drive: z.enum(["manual", "eager"]).optional(),
  clock: z.enum(["real", "manual"]).optional(),
  /** `declared` issues each seat a token of this context for what its edges declare and its own token lacks. Absent = `none`. */
  grant: z.enum(["none", "declared"]).optional(),
  /** What each authority may spend in it on messages to each it sends to; absent = as nobody set it. */
  budget: count.max(1_000_000_000_000).optional(),
  /** The ceremony it runs for; absent = one is begun for its seats where its page says category C. */
  ceremony: idSchema.optional(),
  /** How many of them have to accept in a ceremony that is begun; absent = more than half. */
  threshold: z.number().int().min(1).max(100).optional(),
});
export type OpenSessionRequest = z.infer<typeof openSessionSchema>;

/** One rule of the admission, in the order it was asked. `needs` is what would admit it. */
export const admissionRuleSchema = z.object({
  rule: z.string(),
  title: z.string(),
  outcome: z.enum(["passed", "needs", "refused"]),
  evidence: z.array(z.object({ label: z.string(), value: z.string() })),
  reason: z.string().optional(),
  needs: z.string().optional(),
  /** Spec chapter the rule comes from. */
  source: z.string(),
});
export const admissionReportSchema = z.object({
  admitted: z.boolean(),
  manifest: z.record(z.string(), z.unknown()),
  policy: z.string(),
  rules: z.array(admissionRuleSchema),
  /** What each seat's token admits of what its edges declare; a lack does not refuse the opening, only the send. */
  frontier: z.array(seatFrontierSchema).optional(),
});
export type AdmissionReport = z.infer<typeof admissionReportSchema>;

const stepRef = { seat: z.string(), endpoint: z.string().default(""), step: count };
export const inputSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("advance"), max: z.number().int().min(1).max(100_000).optional() }),
  z.object({ kind: z.literal("decide"), label: z.string(), ...stepRef }),
  z.object({ kind: z.literal("payload"), value: valueSchema, ...stepRef }),
  z.object({
    kind: z.literal("inject"),
    from: z.string(),
    to: z.string(),
    label: z.string(),
    value: valueSchema,
  }),
  z.object({ kind: z.literal("pause"), role: z.string() }),
  z.object({ kind: z.literal("resume"), role: z.string() }),
  /** Cancels the session, or with `scope` (the id of a running timer) one timeout scope. */
  z.object({
    kind: z.literal("cancel"),
    reason: z.string().max(1000),
    scope: z.string().max(1000).optional(),
  }),
  /** Fires a timer whose deadline has come; the studio does so by itself. */
  z.object({ kind: z.literal("timer"), id: z.string().max(1000) }),
  z.object({ kind: z.literal("clock"), at: count }),
  /** A role's site fails, or nothing gets from one role to another. */
  topologySchema,
  z.object({ kind: z.literal("close") }),
]);
export const inputsRequestSchema = z.object({
  expectedHead: count.optional(),
  inputs: z.array(inputSchema).min(1).max(100),
});
export type InputsRequest = z.infer<typeof inputsRequestSchema>;

/** Run until done, or until something is come to; a host command that appends `advance` entries. */
export const runRequestSchema = z.object({
  until: z.union([z.enum(["end", "message", "decision"]), stopSchema]).default("end"),
  /** With `until: "message"`: the message of this statement. */
  edgeId: z.string().optional(),
  /** Stops whatever `until` says; a state or predicate only where it comes to hold. */
  breakpoints: z.array(stopSchema).max(100).optional(),
  maxEntries: z.number().int().min(1).max(1_000_000).optional(),
});
export type RunRequest = z.input<typeof runRequestSchema>;
export const forkRequestSchema = z.object({
  at: count,
  expectedHead: count.optional(),
  title: z.string().max(200).optional(),
  /** Its first inputs, in the same command: another decision, another payload, a fault. All or none, and no fork. */
  change: z.union([inputSchema, z.array(inputSchema).min(1).max(1000)]).optional(),
});
export type ForkRequest = z.infer<typeof forkRequestSchema>;

/** An entry of a log as JSON; bytes are left out, hashes stay. */
export const entryJsonSchema = z.object({
  seq: count,
  at: count,
  commit: count,
  hash: hashSchema,
  actor: z.object({ kind: z.string(), id: z.string(), for: z.string().optional() }),
  input: z.record(z.string(), z.unknown()),
  rounds: count.optional(),
  reads: z.array(z.record(z.string(), z.unknown())),
  events: z.array(z.record(z.string(), z.unknown())),
  effects: z.array(z.object({ stream: z.string(), seq: count })),
  protocolHash: hashSchema,
  stateHash: hashSchema,
});
export type EntryJson = z.infer<typeof entryJsonSchema>;

export const inputsResponseSchema = z.object({
  head: count,
  entries: z.array(entryJsonSchema),
  replayed: z.boolean(),
});
export type InputsResponse = z.infer<typeof inputsResponseSchema>;

export const authoritySchema = z.object({
  id: idSchema,
  name: z.string(),
  hue: z.number().int(),
  devices: z.array(z.object({ id: idSchema, name: z.string() })),
});
export type AuthorityDetail = z.infer<typeof authoritySchema>;

/** One event of `/api/stream`: id = commit number. */
export const liveEventSchema = z.object({
  commit: count,
  stream: idSchema,
  kind: z.enum(["session", "authority", "context", "workspace"]),
  entry: entryJsonSchema,
});
export type LiveEvent = z.infer<typeof liveEventSchema>;
