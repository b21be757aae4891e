import { z } from "zod";
import { idSchema, valueSchema } from "./common.ts";

const count = z.number().int().nonnegative();
const name = z.string().max(1000);
/** A predicate of the observation language: `sent(Order) >= 2 && !Buyer.done`. */
const predicate = z.string().max(2000);

/** What a run stops at, and what a breakpoint is. */
export const stopSchema = z.discriminatedUnion("kind", [
  /** A send, of one statement or of one label; without either of any message. */
  z.object({ kind: z.literal("message"), edgeId: name.optional(), label: name.optional() }),
  /** Whatever this role does next. */
  z.object({ kind: z.literal("role"), role: name }),
  /** The role comes to a statement: it may send or receive it, or do it, next. */
  z.object({ kind: z.literal("state"), role: name, edgeId: name }),
  z.object({ kind: z.literal("blocked"), role: name }),
  z.object({ kind: z.literal("predicate"), text: predicate }),
]);
export type Stop = z.infer<typeof stopSchema>;

/** What stopped a run: its own target, or the breakpoint of that index. */
export const stoppedSchema = z.object({
  by: z.enum(["until", "breakpoint"]),
  index: count.nullable(),
  at: count,
  what: z.string(),
});

const refusalSchema = z.object({
  code: z.string(),
  /** Offset in the expression. */
  at: count,
  message: z.string(),
});

/** `GET …/watch`: every expression with its value, or why it has none. */
export const watchSchema = z.object({
  at: count,
  values: z.array(
    z.union([
      z.object({ expr: z.string(), value: z.union([z.number(), z.string(), z.boolean()]) }),
      z.object({ expr: z.string(), error: refusalSchema }),
    ]),
  ),
});
export type Watch = z.infer<typeof watchSchema>;

/** An event, or with `index: null` the input that was asked at a position. */
export const happeningSchema = z.object({
  seq: count,
  index: count.nullable(),
  kind: z.string(),
  text: z.string(),
  role: z.string().nullable(),
  /** The statement of the source. */
  edgeId: z.string().nullable(),
  /** What answered where nobody was asked: a policy, a script. */
  by: z.string().optional(),
});

/**
 * Why one comes before the other: the same role did it `before`, the `message`
 * that was taken, the `arm` it forked from or joined, the `timer` that ran out,
 * the `input` that was given.
 */
export const causeSchema = z.object({
  kind: z.enum(["before", "message", "arm", "timer", "input"]),
  seq: count,
  index: count.nullable(),
});
export const causedSchema = happeningSchema.extend({ causes: z.array(causeSchema) });
export type Caused = z.infer<typeof causedSchema>;

/** `GET …/causes`: what had to happen for an event. */
export const causesSchema = z.object({
  seq: count,
  index: count,
  /** The event itself, its direct causes, theirs, …; the nearest first. */
  chain: z.array(causedSchema),
  /** Every position with an event or input that had to happen for it, itself included. */
  past: z.array(count),
  /** The first position looked at; causes before it are not told. */
  from: count,
  /** Whether every cause is in `chain` and the past in `past`. */
  complete: z.boolean(),
});
export type Causes = z.infer<typeof causesSchema>;

/** One link of "why does it wait?", down to an event, an input or somebody who can act. */
export const whyLinkSchema = z.object({
  kind: z.enum(["waits", "faulted", "ready", "needs", "circle", "event", "input"]),
  role: z.string().nullable(),
  endpoint: z.string(),
  text: z.string(),
  edgeId: z.string().nullable(),
  seq: count.nullable(),
  index: count.nullable(),
});
export const whySchema = z.object({
  at: count,
  role: z.string(),
  /** One chain for each endpoint that stands still; none when the role can go on or has finished. */
  chains: z.array(z.object({ endpoint: z.string(), links: z.array(whyLinkSchema) })),
});
export type Why = z.infer<typeof whySchema>;

export const compareModeSchema = z.enum(["full", "replay", "moduloEffects", "moduloCommutativity"]);

const sideSchema = z.object({
  id: idSchema,
  title: z.string(),
  head: count,
  /** The first event in which it differs; null where it had ended. */
  event: causedSchema.nullable(),
  /** Positions that had to come before that event. */
  past: z.array(count),
});
/** `GET …/compare`: where two sessions part. */
export const comparisonSchema = z.object({
  mode: compareModeSchema,
  /** The last position the two share; null when they have no past in common. */
  shared: count.nullable(),
  equal: z.boolean(),
  /** What differs first: what happened, or only what was read from outside. */
  differs: z.enum(["events", "reads"]).nullable(),
  left: sideSchema,
  right: sideSchema,
  /** For every role that did something else: the first thing on each side. */
  roles: z.array(
    z.object({
      role: z.string(),
      left: happeningSchema.nullable(),
      right: happeningSchema.nullable(),
      /** Further events of the role on each side. */
      leftMore: count,
      rightMore: count,
    }),
  ),
  /** False when only the first positions after the shared ones were looked at. */
  complete: z.boolean(),
});
export type SessionComparison = z.infer<typeof comparisonSchema>;

/** `POST …/search`: look for a state that satisfies (or, negated, breaks) a property. */
export const searchRequestSchema = z.object({
  goal: predicate,
  at: count.optional(),
  strategy: z
    .discriminatedUnion("kind", [
      z.object({ kind: z.literal("breadth") }),
      z.object({ kind: z.literal("depth") }),
      z.object({ kind: z.literal("random"), seed: z.number().int().min(0).max(4_294_967_295) }),
      z.object({ kind: z.literal("best"), score: predicate }),
    ])
    .default({ kind: "breadth" }),
  maxStates: z.number().int().min(1).max(20_000).optional(),
  maxDepth: z.number().int().min(1).max(1_000).optional(),
});
export type SearchRequest = z.input<typeof searchRequestSchema>;
/** The same with its defaults. */
export type SearchQuestion = z.output<typeof searchRequestSchema>;

/** What a fork takes to go the same way. */
export const pathInputSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("advance"), max: z.number().int().min(1).max(100_000).optional() }),
  z.object({
    kind: z.literal("decide"),
    label: z.string(),
    seat: z.string(),
    endpoint: z.string(),
    step: count,
  }),
  z.object({
    kind: z.literal("payload"),
    value: valueSchema,
    seat: z.string(),
    endpoint: z.string(),
    step: count,
  }),
  z.object({ kind: z.literal("clock"), at: count }),
]);
export const searchResultSchema = z.object({
  at: count,
  outcome: z.enum(["found", "exhausted", "bounded", "cancelled"]),
  states: count,
  depth: count,
  /** Inputs of a fork at `at`; null when nothing was found. */
  inputs: z.array(pathInputSchema).nullable(),
  /** The same in words, without the rounds. */
  steps: z.array(z.string()),
  /** Whether the goal holds after these inputs, tried on a copy. */
  confirmed: z.boolean(),
  /** The way to a state where nobody can go on and somebody is not done, when one was met. */
  stuck: z.array(z.string()).nullable(),
});
export type SearchResult = z.infer<typeof searchResultSchema>;

/** `GET …/search`: how far the search that is running is. */
export const searchProgressSchema = z.object({ running: z.boolean(), states: count, depth: count });
export type SearchProgress = z.infer<typeof searchProgressSchema>;

/** A fault of the network or of a role's site (spec/machine.md §14). */
export const topologySchema = z.object({
  kind: z.literal("topology"),
  event: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("crash"), site: name }),
    z.object({ kind: z.literal("partition"), from: name, to: name }),
    z.object({ kind: z.literal("heal"), from: name, to: name }),
    z.object({
      kind: z.literal("corrupt"),
      from: name,
      to: name,
      corruption: z.enum(["bitFlip", "truncation", "payloadErase"]),
    }),
    /** A crashed site comes back with what it had. */
    z.object({ kind: z.literal("restart"), site: name }),
    /** One frame on its way is lost, doubled, let what is behind it go first, or garbled. */
    z.object({
      kind: z.literal("frame"),
      from: name,
      to: name,
      seq: count,
      fault: z.enum(["drop", "duplicate", "overtake", "bitFlip", "truncation", "payloadErase"]),
    }),
  ]),
});
