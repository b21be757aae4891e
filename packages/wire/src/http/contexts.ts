import { z } from "zod";
import { hashSchema, idSchema } from "./common.ts";

const count = z.number().int().nonnegative();

/** One of the four time domains. */
export const timeStampSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("logical"), vector: z.record(z.string(), count), lamport: count }),
  z.object({ kind: z.literal("order"), bytes: hashSchema }),
  z.object({ kind: z.literal("physical"), ms: count, uncertainty: count.optional() }),
  z.object({
    kind: z.literal("range"),
    earliest: count,
    latest: count,
    confidence: z.enum(["High", "Medium", "Low", "Unknown"]),
  }),
]);

/** A fact as pages show it. */
export const factViewSchema = z.object({
  id: hashSchema,
  order: hashSchema,
  time: timeStampSchema,
  /** The time in ms where it is one of the wall; for filters and lists. */
  ms: count.nullable(),
  by: idSchema,
  kind: z.enum(["attested", "protocol", "generic", "snapshot", "rendezvous"]),
  /** Of a generic fact its type, of a protocol fact its variant, else the kind. */
  type: z.string(),
  version: count.nullable(),
  /** What it says, as JSON; bytes are hex. */
  payload: z.unknown(),
  /** What it says in the present version of its schema, where that is another. */
  reads: z.object({ version: count, payload: z.unknown() }).optional(),
  /** Of a protocol fact whose fields derive the context it is about: that context. */
  scope: z.string().optional(),
  /** Position of the entry that first brought it. */
  seq: count,
  /** Replicas that hold it at this position. */
  replicas: z.array(idSchema),
  /** The ceremony it waits for: recorded by a session of category C, it holds nothing before that commits. */
  proposal: idSchema.optional(),
});
export type FactView = z.infer<typeof factViewSchema>;

/** `GET /api/contexts` */
export const contextSummarySchema = z.object({
  id: idSchema,
  title: z.string(),
  /** The session it belongs to. */
  session: idSchema.nullable(),
  head: count,
  at: count,
  facts: count,
  replicas: count,
  /** Whether some replicas do not reach each other. */
  parted: z.boolean(),
  /** Whether all replicas hold the same facts. */
  converged: z.boolean(),
});
export type ContextSummary = z.infer<typeof contextSummarySchema>;

/** How synchronising two replicas that do not reach each other stands: what is tried again, and when it is refused at once. Times in ms. */
export const pairResilienceSchema = z.object({
  requester: idSchema,
  responder: idSchema,
  retry: z.object({
    state: z.enum(["waiting", "succeeded", "failed"]),
    attempts: count,
    maxAttempts: count,
    /** When it is tried again. */
    next: count.nullable(),
    /** The last failure. */
    cause: z.string().nullable(),
  }),
  breaker: z.object({
    state: z.enum(["Closed", "Open", "HalfOpen"]),
    /** Of `Closed`: failures in a row. */
    failureCount: count,
    /** Of `Open`: since when, and when a probe is let through. */
    openedAt: count.nullable(),
    until: count.nullable(),
    /** Of `HalfOpen`: probes on their way. */
    testRequests: count,
    failureThreshold: count,
    testThreshold: count,
  }),
});
export type PairResilience = z.infer<typeof pairResilienceSchema>;

/** `GET /api/contexts/:id?at=` */
export const contextViewSchema = contextSummarySchema.extend({
  members: z.array(
    z.object({
      authority: idSchema,
      root: hashSchema,
      facts: count,
      /** Facts that others hold and it does not. */
      lacks: count,
      /** Which group of replicas that reach each other it is in. */
      group: count,
    }),
  ),
  groups: z.array(z.array(idSchema)),
  types: z.array(z.object({ type: z.string(), facts: count })),
  authorities: z.array(z.object({ authority: idSchema, facts: count })),
  /** Position this is the state of; `head` is the last one. */
  position: count,
  /** Pairs of replicas of which synchronising failed, as of the last position. */
  resilience: z.array(pairResilienceSchema).optional(),
});
export type ContextView = z.infer<typeof contextViewSchema>;

/** `GET /api/contexts/:id/facts?replica=&type=&authority=&since=&until=&at=&from=&limit=`, and the same of an authority. */
export const factPageSchema = z.object({
  /** In canonical order. */
  items: z.array(factViewSchema),
  /** How many fit the filter. */
  total: count,
  from: count,
  /** Position this is the state of. */
  at: count,
  /** Root of the replica asked for; of all facts when none was. */
  root: hashSchema,
});
export type FactPage = z.infer<typeof factPageSchema>;

/** `GET /api/contexts/:id/diff?from=&to=&replica=&with=`: two positions, or two replicas at one. */
export const contextDiffSchema = z.object({
  from: z.object({ at: count, replica: idSchema.nullable(), root: hashSchema, facts: count }),
  to: z.object({ at: count, replica: idSchema.nullable(), root: hashSchema, facts: count }),
  added: z.array(factViewSchema),
  removed: z.array(factViewSchema),
  /** The lists hold the first ones. */
  counts: z.object({ added: count, removed: count }),
});
export type ContextDiff = z.infer<typeof contextDiffSchema>;

/**
 * `GET /api/contexts/:id/proof?fact=&replica=&at=`: that a root holds a fact.
 * `proof` is what `verifyProof` of `@parley/runtime/journal` takes.
 */
export const factProofSchema = z.object({
  fact: factViewSchema,
  root: hashSchema,
  at: count,
  proof: z.record(z.string(), z.unknown()),
});
export type FactProofView = z.infer<typeof factProofSchema>;

/** `POST /api/contexts/:id/partition`: a replica in no group is alone. */
export const partitionSchema = z.object({ groups: z.array(z.array(idSchema).min(1)).min(1).max(100) });
/** `POST /api/contexts/:id/join` */
export const joinReplicasSchema = z.object({ authorities: z.array(idSchema).min(1).max(100) });

/** `POST /api/contexts/:id/sync` */
export const syncSchema = z.object({ requester: idSchema, responder: idSchema });
export const syncedSchema = z.object({
  context: contextViewSchema,
  toRequester: count,
  toResponder: count,
  rounds: count,
  bytes: count,
});
export type Synced = z.infer<typeof syncedSchema>;

/** `POST /api/contexts/:id/facts`: generic facts added at one replica. */
export const addFactsSchema = z.object({
  replica: idSchema,
  facts: z
    .array(
      z.object({
        type: z.string().min(1).max(200),
        version: count.optional(),
        payload: z.record(z.string(), z.unknown()),
        /** Absent = the clock of the studio. */
        time: timeStampSchema.optional(),
        /** Absent = drawn; given, the same fact can be named twice, and is refused the second time. */
        order: hashSchema.optional(),
      }),
    )
    .min(1)
    .max(1_000),
});
export type AddFactsRequest = z.infer<typeof addFactsSchema>;
export const addedFactsSchema = z.object({ items: z.array(factViewSchema), context: contextViewSchema });
export type AddedFacts = z.infer<typeof addedFactsSchema>;

/** `GET /api/fact-types`: the one registry. */
export const factTypeSchema = z.object({
  type: z.string(),
  version: count,
  minVersion: count,
  owner: z.string(),
  time: z.string(),
  fields: z.array(z.object({ name: z.string(), kind: z.string() })),
  reducer: z.string(),
  /** Times declared in a wider domain than what they are for asks; `field` null = the fact's own time. */
  findings: z.array(
    z.object({
      code: z.string(),
      field: z.string().nullable(),
      declared: z.string(),
      narrowest: z.string(),
    }),
  ),
});
const declaredTime = {
  need: z.enum(["causality", "order", "instant", "window"]),
  domain: z.enum(["logical", "order", "physical", "range"]),
};
const optional = z.boolean().optional();

/** `POST /api/fact-types`: a type of one's own, or a later version of one. */
export const declareFactTypeSchema = z.object({
  type: z
    .string()
    .regex(/^[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)+$/)
    .max(128),
  version: z.number().int().min(1).max(0xffff),
  minVersion: z.number().int().min(1).max(0xffff),
  fields: z.record(
    z
      .string()
      .regex(/^[a-zA-Z][a-zA-Z0-9_]*$/)
      .max(64),
    z.union([
      z.object({
        kind: z.enum(["text", "integer", "boolean", "bytes", "hash", "list", "record"]),
        optional,
      }),
      z.object({ kind: z.literal("time"), optional, ...declaredTime }),
    ]),
  ),
  time: z.object(declaredTime),
  reducer: z.string().max(64),
});
export type DeclareFactTypeRequest = z.infer<typeof declareFactTypeSchema>;

export const factTypeListSchema = z.object({ items: z.array(factTypeSchema) });
export type FactTypeView = z.infer<typeof factTypeSchema>;
