import { z } from "zod";
import { idSchema } from "./common.ts";
import { seatSchema } from "./session-view.ts";

const count = z.number().int().nonnegative();
const sizes = z.record(z.string(), z.number().int().min(0).max(10_000));
const name = z.string().min(1).max(64);
const value = z.record(z.string(), z.unknown());

/** One protocol run inside a composition. */
export const phaseSchema = z.object({
  name,
  protocol: idSchema,
  /** Earlier phases whose results it takes. */
  uses: z.array(name).max(32).default([]),
  /** A protocol that undoes what it did, should a later phase fail. */
  undo: idSchema.optional(),
  /** How its session is opened; what is absent is as for any session. */
  open: z
    .object({
      seats: z.array(seatSchema).optional(),
      families: sizes.optional(),
      names: sizes.optional(),
      decisions: z.enum(["ask", "first", "random", "roundRobin"]).optional(),
      clock: z.enum(["real", "manual"]).optional(),
      grant: z.enum(["none", "declared"]).optional(),
    })
    .optional(),
});
export type PhaseRequest = z.infer<typeof phaseSchema>;

export const programEffectSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ValidateCapability"), capability: z.string().min(1).max(200), role: name }),
  z.object({ kind: z.literal("LogEvent"), event: z.string().min(1).max(500) }),
]);
export const programStepSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("effect"), effect: programEffectSchema }),
  z.object({ kind: z.literal("phase"), phase: phaseSchema }),
]);

/** Protocols put together. */
export const compositionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("sequential"), name, phases: z.array(phaseSchema).max(32) }),
  z.object({
    kind: z.literal("parallel"),
    name,
    phases: z.array(phaseSchema).max(32),
    /** ms, for all of it. */
    timeout: z.number().int().min(1).max(86_400_000),
  }),
  z.object({ kind: z.literal("program"), name, steps: z.array(programStepSchema).max(64) }),
]);
export type CompositionJson = z.infer<typeof compositionSchema>;

/** `POST /api/compositions`: one that ships, by name, or one's own. */
export const startCompositionSchema = z.union([
  z.object({
    shipped: z.string().min(1).max(64),
    /** How decisions of all its sessions are taken; absent = as the composition says. */
    decisions: z.enum(["ask", "first", "random", "roundRobin"]).optional(),
  }),
  z.object({ composition: compositionSchema }),
]);
export type StartCompositionRequest = z.infer<typeof startCompositionSchema>;

export const phaseStateSchema = z.enum([
  "waiting",
  "running",
  "completed",
  "failed",
  "cancelled",
  "undoing",
  "undone",
  "notUndone",
]);

/** One lane: a phase, or an effect of a program, in the order of the composition. */
export const compositionLaneSchema = z.object({
  /** From 0: its place in the composition. */
  step: count,
  kind: z.enum(["phase", "effect"]),
  name: z.string(),
  /** Of a phase its protocol; of an effect what it asks, in words. */
  what: z.string(),
  state: phaseStateSchema,
  uses: z.array(z.string()),
  session: z.object({ id: idSchema, status: z.string(), head: count }).nullable(),
  /** The session that undoes it. */
  undo: z.object({ protocol: z.string(), session: z.string().nullable() }).nullable(),
  /** The last payload of each role. */
  result: value.nullable(),
  cause: z.string().nullable(),
});
export type CompositionLane = z.infer<typeof compositionLaneSchema>;

export const compositionSummarySchema = z.object({
  id: idSchema,
  name: z.string(),
  kind: z.enum(["sequential", "parallel", "program"]),
  status: z.enum(["running", "completed", "failed"]),
  startedAt: count,
  phases: count,
  completed: count,
});
export type CompositionSummary = z.infer<typeof compositionSummarySchema>;

/** `GET /api/compositions/:id` */
export const compositionViewSchema = compositionSummarySchema.extend({
  composition: compositionSchema,
  lanes: z.array(compositionLaneSchema),
  /** When all of it is given up, ms; of one beside each other that still runs. */
  deadline: count.nullable(),
  /** Results by phase, once all are there. */
  results: z.record(z.string(), value).nullable(),
  failure: z
    .object({
      phase: z.string(),
      cause: z.string(),
      completed: z.array(z.string()),
      /** Phases whose compensation failed itself. */
      notUndone: z.array(z.string()),
    })
    .nullable(),
  /** What a step would do now, in words; null when there is nothing to do. */
  next: z.string().nullable(),
  /** Why a step cannot do anything now: somebody must act in a session first. */
  waits: z.array(z.object({ session: idSchema, phase: z.string(), why: z.string() })),
  /** Its entries, oldest first. */
  log: z.array(z.object({ at: count, kind: z.string(), detail: z.string() })),
});
export type CompositionView = z.infer<typeof compositionViewSchema>;

/** `GET /api/compositions`: newest first, and those that ship. */
export const compositionListSchema = z.object({
  items: z.array(compositionSummarySchema),
  shipped: z.array(compositionSchema),
});
export type CompositionList = z.infer<typeof compositionListSchema>;

/** `POST /api/compositions/:id/step` */
export const stepCompositionSchema = z.object({
  /** `step` = one thing; `end` = as far as it goes without anybody. Absent = one step. */
  until: z.enum(["step", "end"]).optional(),
});
export type StepCompositionRequest = z.infer<typeof stepCompositionSchema>;

/** `POST /api/compositions/:id/cancel` */
export const cancelCompositionSchema = z.object({ reason: z.string().max(200).optional() });
