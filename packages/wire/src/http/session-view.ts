import { z } from "zod";
import { runsOnSchema } from "./admission.ts";
import { ceremonyEndedSchema, ceremonyStateSchema } from "./ceremonies.ts";
import { hashSchema, idSchema, valueSchema } from "./common.ts";
import { stoppedSchema } from "./debugging.ts";
import { executionSchema } from "./execution.ts";
import { pinnedImportSchema } from "./protocols.ts";

const count = z.number().int().nonnegative();

export const seatSchema = z.object({ role: z.string(), authority: idSchema, device: idSchema });

export const statusSchema = z.enum(["active", "completed", "faulted", "cancelled", "closed"]);

export const sessionSummarySchema = z.object({
  id: idSchema,
  title: z.string(),
  protocol: z.object({ id: idSchema, name: z.string() }),
  version: hashSchema,
  status: statusSchema,
  head: count,
  /** Set on a what-if. */
  parent: z.object({ id: idSchema, at: count }).nullable(),
  createdAt: count,
  updatedAt: count,
});
export type SessionSummary = z.infer<typeof sessionSummarySchema>;

export const optionSchema = z.object({
  label: z.string(),
  arm: z.string().nullable(),
  peer: z.string(),
  edgeId: z.string(),
  payloadType: z.string(),
  payloadSort: z.enum(["Unit", "Nat", "Bool", "String", "Opaque"]),
  guard: z.string().nullable(),
});

/** Something a person can do now: the cards of the Next panel. */
export const nextActionSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("decide"),
    seat: z.string(),
    endpoint: z.string(),
    step: count,
    options: z.array(optionSchema),
    /** Set where nothing is sent: what is decided, in words (`case stock`, `await transfer`). */
    about: z.string().optional(),
  }),
  z.object({
    kind: z.literal("payload"),
    seat: z.string(),
    endpoint: z.string(),
    step: count,
    label: z.string(),
    peer: z.string(),
    edgeId: z.string(),
    payloadType: z.string(),
    payloadSort: z.enum(["Unit", "Nat", "Bool", "String", "Opaque"]),
    /** Set where the world is asked and nothing is sent: the question, in words. */
    about: z.string().optional(),
  }),
  /**
   * A timer runs: nobody need do anything, but once `deadline` (session time,
   * ms) has come it may be fired, and where `cancellable` cancelled.
   */
  z.object({
    kind: z.literal("timer"),
    id: z.string(),
    seat: z.string(),
    endpoint: z.string(),
    scope: z.string(),
    lap: count,
    deadline: count,
    cancellable: z.boolean(),
  }),
  /** The machine can take a round by itself; `seat` is whose turn it is. */
  z.object({ kind: z.literal("advance"), seat: z.string(), what: z.string(), edgeId: z.string().nullable() }),
]);
export type NextAction = z.infer<typeof nextActionSchema>;

/** Why an endpoint waits, in words and as data. */
export const waitSchema = z.object({
  kind: z.enum([
    "empty",
    "full",
    "decision",
    "payload",
    "denied",
    "join",
    "topology",
    "acquire",
    "invoke",
    "paused",
  ]),
  text: z.string(),
  /** The role that must act for this to change, if one can be named. */
  on: z.string().nullable(),
  edgeId: z.string().nullable(),
});

export const endpointViewSchema = z.object({
  coroutine: count,
  endpoint: z.string(),
  status: z.enum(["ready", "blocked", "done", "faulted"]),
  wait: waitSchema.nullable(),
  fault: z.object({ code: z.string(), message: z.string() }).nullable(),
  pc: count,
  step: count,
  registers: z.array(valueSchema),
  /** The current local type as text. */
  type: z.string(),
  /** Edge ids that could be next for this endpoint, and how. */
  possible: z.array(
    z.object({ kind: z.enum(["send", "receive"]), peer: z.string(), label: z.string(), edgeId: z.string() }),
  ),
  /** The statement it is at where that sends and receives nothing: a deed, a `case`, the edge of a scope. */
  statement: z.object({ edgeId: z.string(), text: z.string() }).optional(),
  /** Timeout scopes it is in, outermost first; absent when in none. `timer` and `deadline` are the owner's. */
  scopes: z
    .array(
      z.object({
        scope: z.string(),
        lap: count,
        owner: z.string(),
        timer: z.string().nullable(),
        deadline: count.nullable(),
        state: z.enum(["running", "timeout", "cancel"]).nullable(),
      }),
    )
    .optional(),
  /** Names bound by what it did; absent when there are none. */
  names: z.array(z.object({ name: z.string(), value: valueSchema })).optional(),
  /** Facts it has been told, and for whom they are; absent when there are none. */
  known: z.array(z.object({ role: z.string(), fact: z.string() })).optional(),
  /** Credits left; absent without limit. */
  credits: count.optional(),
  /** Progress tokens; absent when it has none. */
  tokens: count.optional(),
});

export const roleViewSchema = z.object({
  role: z.string(),
  family: z.string().nullable(),
  seat: seatSchema.nullable(),
  paused: z.boolean(),
  endpoints: z.array(endpointViewSchema),
});

export const frameSchema = z.object({
  seq: count,
  label: z.string(),
  payload: valueSchema,
  edgeId: z.string(),
  control: z.string().nullable(),
});
export const edgeViewSchema = z.object({
  from: z.string(),
  to: z.string(),
  capacity: count,
  /** Numbers of the next frame sent, and of the next one replay checks expect. */
  sent: count.optional(),
  received: count.optional(),
  queue: z.array(frameSchema),
});

/** The state of a session at a position: the fold of its log to `at`. */
export const sessionViewSchema = sessionSummarySchema.extend({
  at: count,
  /** Whether session time follows the wall or the `clock` inputs. */
  clock: z.enum(["real", "manual"]),
  clockAt: count,
  tick: count,
  readOnly: z.string().nullable(),
  semantics: z.number().int(),
  image: hashSchema,
  source: z.string(),
  /** The texts its version imports, as pinned. */
  imports: z.array(pinnedImportSchema),
  families: z.record(z.string(), z.number()),
  names: z.record(z.string(), z.number()),
  policy: z.string(),
  decisions: z.string(),
  /** The script that decides, and when its next delayed row is due (session time, ms). */
  script: z.object({ name: z.string(), due: count.nullable() }).nullable().optional(),
  execution: executionSchema.nullable().optional(),
  /** What it really runs on beside what was asked for; null for one opened before there were runtime profiles. */
  runsOn: runsOnSchema.nullable().optional(),
  drive: z.string(),
  roles: z.array(roleViewSchema),
  edges: z.array(edgeViewSchema),
  /** What is broken at this position; absent where nothing is. */
  broken: z
    .object({
      crashed: z.array(z.string()),
      /** Both ways. */
      cut: z.array(z.object({ from: z.string(), to: z.string() })),
      garbled: z.array(z.object({ from: z.string(), to: z.string(), corruption: z.string() })),
    })
    .optional(),
  /** What changed when, over the whole session, for the lanes of a timeline; absent where nothing did. */
  lanes: z
    .object({
      /** From `seq` on it belongs to this owner; null once it was given up. */
      ownership: z.array(
        z.object({
          seq: count,
          at: count,
          owner: z.string().nullable(),
          generation: count,
          /** `session`, or the keys of fragments. */
          scope: z.string(),
          bundle: z.string().nullable(),
        }),
      ),
      /** From `seq` on these sites are down and these links cut or garbled. */
      topology: z.array(
        z.object({
          seq: count,
          at: count,
          event: z.string(),
          crashed: z.array(z.string()),
          cut: z.array(z.object({ from: z.string(), to: z.string() })),
          garbled: z.array(z.object({ from: z.string(), to: z.string() })),
        }),
      ),
    })
    .optional(),
  /** The ceremony it runs for; absent where there is none. */
  ceremony: z
    .object({
      id: idSchema,
      state: ceremonyStateSchema,
      /** Set once it ended without a commit: what the session does then stays a proposal. */
      ended: ceremonyEndedSchema.optional(),
    })
    .optional(),
  /** Operations under way that are held to a progress contract; absent where there are none. */
  operations: z
    .array(
      z.object({
        operation: z.string(),
        contract: z.string(),
        role: z.string(),
        /** `noProgress` is a stall: a window of `window` ms has passed since `since`; then `degraded`, then `timedOut`. */
        state: z.enum(["pending", "noProgress", "degraded", "timedOut"]),
        since: count,
        window: count,
        code: z.string().nullable(),
        /** What the source names for it. */
        onStall: z.string().nullable(),
        onTimeout: z.string().nullable(),
      }),
    )
    .optional(),
  /** Every operation begun, resolved or invalidated so far, by first mention; absent where there is none. */
  operationTracks: z
    .array(
      z.object({
        /** Its name, for a member of a family with its index. */
        operation: z.string(),
        /** Who began it. */
        role: z.string(),
        contract: z.string().nullable(),
        /** Position it was last begun at. */
        begun: count,
        /** Moves there were; `moves` lists the last of them, oldest first. */
        count,
        moves: z.array(
          z.object({
            seq: count,
            at: count,
            /** `pending`, an outcome, `invalidated`, or `noProgress`, `degraded`, `timedOut`. */
            state: z.string(),
            /** The statement that did it; of a late one that by which it began. */
            edgeId: z.string(),
          }),
        ),
      }),
    )
    .optional(),
  /** The budget a session stands at that could go on by itself; any input gives it a new one. */
  stopped: z
    .object({
      code: z.enum(["PAR7019", "PAR7020"]),
      kind: z.enum(["round-budget", "timer-budget"]),
      limit: count,
    })
    .optional(),
  next: z.array(nextActionSchema),
  /** One sentence: what the last entry did. */
  summary: z.string(),
  /** True when nothing can run until someone acts. */
  waiting: z.boolean(),
  protocolHash: hashSchema,
  stateHash: hashSchema,
  branches: z.array(z.object({ id: idSchema, title: z.string(), at: count })),
  run: z
    .object({
      id: z.string(),
      done: count,
      state: z.enum(["running", "done", "cancelled", "failed"]),
      /** What it stopped at, where it was asked to stop at something and came to it. */
      stopped: stoppedSchema.optional(),
    })
    .nullable(),
});
export type SessionView = z.infer<typeof sessionViewSchema>;

/** The programs of an image; constant for a session, so fetched once. */
export const programsSchema = z.object({
  roles: z.array(
    z.object({
      role: z.string(),
      type: z.string(),
      program: z.array(z.object({ pc: count, text: z.string(), edgeId: z.string().nullable() })),
    }),
  ),
});
export type Programs = z.infer<typeof programsSchema>;
