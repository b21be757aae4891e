import { z } from "zod";

const count = z.number().int().nonnegative();
const natural = count.optional();
const text = z.string().max(65_536);

/** Schedulers a session may be opened with; `auto` chooses by class, weight and signals. */
export const schedulerSchema = z.enum([
  "auto",
  "cooperative",
  "roundRobin",
  "progressAware",
  "aging",
  "tokenWeighted",
  "fixed",
]);

/** What `auto` looks at beside the protocol; pressures in hundredths of a percent. */
export const signalsSchema = z.object({
  guardContention: count.default(0),
  flowPressure: count.default(0),
  leakagePressure: count.default(0),
});

/** A run written down: what roles decide and say, and where they fail. */
export const scriptSchema = z.strictObject({
  name: z.string().max(200).default("script"),
  decide: z
    .array(z.strictObject({ role: text, take: text, nth: natural, delay: natural }))
    .max(10_000)
    .default([]),
  payload: z
    .array(
      z.strictObject({
        role: text,
        message: text,
        value: z.union([text, z.number(), z.boolean()]),
        nth: natural,
        delay: natural,
      }),
    )
    .max(10_000)
    .default([]),
  fail: z
    .array(z.strictObject({ role: text, message: text.optional(), nth: natural, reason: text }))
    .max(10_000)
    .default([]),
});

/** How a session was asked to run and runs; null where all is the default. */
export const executionSchema = z.object({
  scheduler: z
    .object({
      asked: z.string(),
      used: z.string(),
      why: z.string(),
      protocolClass: z.string(),
      weight: count,
      guardSlots: count,
      signals: signalsSchema,
    })
    .nullable(),
  waves: z
    .object({
      mode: z.string(),
      envelope: z.string(),
      width: count,
      rounds: count,
      steps: count,
      maxWidth: count,
      conflicts: count,
      refused: count,
    })
    .nullable(),
  profile: z.string().nullable(),
  /** The parity profile that was asked for. */
  parity: z.string().nullable(),
});

const rejectedSchema = z.object({
  kind: z.string(),
  expected: z.string(),
  actual: z.string(),
  text: z.string(),
});

/** `GET …/envelope`: how a session that runs in waves compares with the canonical run. */
export const envelopeSchema = z.object({
  at: count,
  policy: z.string(),
  /** Whether the policy demands an artifact. */
  needed: z.boolean(),
  /** Null for a session that runs one step a round: it is its own canonical run. */
  artifact: z
    .object({
      schema: z.string(),
      diff: z.object({
        schema: z.string(),
        baselineEngine: z.string(),
        candidateEngine: z.string(),
        scheduler: z.enum(["Exact", "SessionNormalizedPermutation", "EnvelopeBounded"]),
        waveWidth: z.object({ baseline: count, candidate: count, declared: count }),
        effects: z.enum(["Exact", "ReplayDeterministic", "EnvelopeBounded"]),
        failureVisible: z.enum(["Exact", "EnvelopeBounded"]),
        tier: z.string(),
      }),
      baselineHash: z.string(),
      candidateHash: z.string(),
      diffHash: z.string(),
    })
    .nullable(),
  /** The first class the policy does not allow. */
  rejected: rejectedSchema.nullable(),
  /** The first class two runtimes may not differ in. */
  parity: rejectedSchema.nullable(),
});
export type EnvelopeView = z.infer<typeof envelopeSchema>;

/** `GET …/effects`: what a session exchanged with its host, as the six structured events. */
export const effectStreamSchema = z.object({
  items: z.array(
    z.object({
      seq: count,
      index: count,
      tick: count,
      kind: z.enum(["send", "recv", "choose", "step", "acquire", "release"]),
      role: z.string(),
      key: z.string(),
      value: z.string(),
      predicate: z.string(),
      witness: z.string(),
      /** False for a guard layer that was not granted. */
      granted: z.boolean(),
    }),
  ),
  /** The position of the session's head. */
  head: count,
});
export type EffectStream = z.infer<typeof effectStreamSchema>;

const coroutineRef = { coroutine: count, role: z.string(), endpoint: z.string() };

/** `GET …/schedule`: who runs next and why, who waits, and what the session is held to. */
export const scheduleSchema = z.object({
  at: count,
  tick: count,
  scheduler: z.object({
    name: z.string(),
    /** Its picking rule in words. */
    rule: z.string(),
  }),
  /** Everybody who may run, in the order they would be picked were nothing to change. */
  next: z.array(
    z.object({
      ...coroutineRef,
      /** What it waited for has come with this round. */
      woken: z.boolean(),
      tokens: count,
      /** Under fixed priorities; null otherwise. */
      priority: z.number().int().nullable(),
    }),
  ),
  waiting: z.array(
    z.object({
      ...coroutineRef,
      kind: z.string(),
      text: z.string(),
      on: z.string().nullable(),
      edgeId: z.string().nullable(),
    }),
  ),
  /** Would run, but for being paused or down. */
  held: z.array(z.object({ ...coroutineRef, why: z.enum(["paused", "down"]) })),
  /** How many there are of each; the lists above hold the first ones. */
  counts: z.object({ next: count, waiting: count, held: count, done: count, faulted: count }),
  policy: z
    .object({
      class: z.string(),
      mode: z.string(),
      envelope: z.string(),
      waveBound: count,
      determinism: z.string(),
      tier: z.string(),
      replay: z.string(),
    })
    .nullable(),
  /** Parity profiles whose demands scheduler, determinism and tier meet. */
  parity: z.array(z.string()),
  budgets: z.object({
    /** Steps a run of the policy's class may take by its termination budget; null without a policy. */
    steps: count.nullable(),
    weight: count,
    /** Credits a role starts with, null without limit, and what an instruction costs. */
    credits: count.nullable(),
    cost: count,
    registers: count,
    payloadBytes: count,
    payloads: z.string(),
    edges: z.object({ mode: z.string(), capacity: count, full: z.string() }),
    guardLayers: z.array(z.string()),
    output: z.string(),
    flow: z.string(),
  }),
});
export type ScheduleView = z.infer<typeof scheduleSchema>;
