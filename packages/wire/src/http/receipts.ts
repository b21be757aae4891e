import { z } from "zod";
import { leakageSchema, publicKeySchema } from "./authority.ts";
import { hashSchema, idSchema } from "./common.ts";
import { factViewSchema } from "./contexts.ts";

const count = z.number().int().nonnegative();

/** What one guarded send took. */
export const chargeSchema = z.object({
  context: idSchema,
  authority: idSchema,
  device: idSchema,
  peer: idSchema,
  epoch: count,
  cost: count,
  nonce: count,
  prev: hashSchema,
  leakage: leakageSchema,
  session: idSchema,
  edgeId: z.string(),
  label: z.string(),
  tick: count,
  at: count,
});

/** A receipt on its own: what `verifyReceipt` of `@parley/runtime/guards` takes, beside the keys of the device. */
export const receiptSchema = z.object({
  id: hashSchema,
  charge: chargeSchema,
  /** Which leaf of its batch it is. */
  index: count,
  /** From the leaf to the root. */
  path: z.array(z.object({ sibling: hashSchema, side: z.enum(["left", "right"]) })).max(64),
  /** What was signed for the whole batch. */
  seal: z.object({
    root: hashSchema,
    size: count,
    key: publicKeySchema,
    device: idSchema,
    signature: z.string().regex(/^[0-9a-f]{128}$/),
  }),
});
export type ReceiptJson = z.infer<typeof receiptSchema>;

/** One step of a verification, in order. */
export const receiptStepSchema = z.object({
  step: z.enum(["id", "path", "root", "signature", "key", "chain", "nonce"]),
  ok: z.boolean(),
  detail: z.string(),
  /** What was compared, where something was. */
  expected: z.string().optional(),
  actual: z.string().optional(),
});

/** A receipt of a log with its verification. */
export const receiptViewSchema = z.object({
  receipt: receiptSchema,
  /** Entry of the authority's stream that settled it. */
  seq: count,
  commit: count.nullable(),
  /** Position in its session that it belongs to; null when that cannot be told. */
  session: z.object({ id: idSchema, seq: count.nullable() }),
  /** Made in a what-if, signed by a throw-away key: refused by every verifier. */
  simulated: z.boolean(),
  verified: z.boolean(),
  steps: z.array(receiptStepSchema),
});
export type ReceiptView = z.infer<typeof receiptViewSchema>;

/** `GET /api/authorities/:id/receipts?context=&peer=&session=&before=&limit=` newest first; `GET /api/sessions/:id/receipts?seq=` oldest first. */
export const receiptListSchema = z.object({ items: z.array(receiptViewSchema), total: count });
export type ReceiptList = z.infer<typeof receiptListSchema>;

/** `POST /api/receipts/check`: a receipt from anywhere is presented; refused when it does not hold. */
export const checkReceiptSchema = z.object({ receipt: receiptSchema });
export const checkedReceiptSchema = z.object({ ok: z.boolean(), steps: z.array(receiptStepSchema) });
export type CheckedReceipt = z.infer<typeof checkedReceiptSchema>;

/** Something a verdict read, and the entry that last changed it. */
export const guardReadSchema = z.object({
  id: z.string(),
  kind: z.enum(["token", "budget", "leakage", "frontier"]),
  version: z.number().int(),
  /** The stream and entry the version names; -1 for what nobody ever set. */
  stream: idSchema,
  text: z.string(),
});

export const guardVerdictSchema = z.object({
  guard: z.enum(["capability", "flow", "journal", "leakage"]),
  allow: z.boolean(),
  reason: z.string().nullable(),
  /** Stable code of a denial. */
  code: z.string().nullable(),
  subject: z.string().nullable(),
  before: z.number().nullable(),
  after: z.number().nullable(),
  reads: z.array(guardReadSchema),
});

/** Where a denial was decided: the block and check of a token, or the charge that left too little. */
export const denialSourceSchema = z.object({
  kind: z.enum(["token", "budget", "leakage"]),
  authority: idSchema,
  text: z.string(),
  token: z
    .object({
      id: idSchema,
      block: count.nullable(),
      check: z.string().nullable(),
      source: z.string().nullable(),
    })
    .nullable(),
  budget: z
    .object({ context: idSchema, peer: idSchema, limit: count, spent: count, needed: count })
    .nullable(),
  /** The last charge of that budget. */
  charge: z
    .object({ receipt: hashSchema, seq: count, session: idSchema, edgeId: z.string(), cost: count })
    .nullable(),
  /** What would let it go on. */
  mend: z.string(),
});

/** What the first leg of a broadcast was asked for: flow units that all legs need of each budget, and what it had left. */
export const legsCheckedSchema = z.object({
  count,
  budgets: z.array(z.object({ peer: idSchema, legs: count, needs: count, left: count })),
  /** Edge id of the later leg that was denied. */
  short: z.string().optional(),
});

/** One message that a guard was asked about. */
export const guardedSendSchema = z.object({
  seq: count,
  /** Which guard read of the entry it is. */
  index: count,
  role: z.string(),
  authority: idSchema.nullable(),
  edgeId: z.string(),
  label: z.string(),
  allow: z.boolean(),
  verdicts: z.array(guardVerdictSchema),
  /** Set on the first leg of a broadcast, which answers for all of them. */
  legs: legsCheckedSchema.optional(),
  cost: count,
  /** The receipts it was settled by: one a peer. */
  receipts: z.array(receiptViewSchema),
  facts: z.array(factViewSchema),
  denial: denialSourceSchema.nullable(),
});
export type GuardedSend = z.infer<typeof guardedSendSchema>;

/** `GET /api/sessions/:id/guards?seq=&role=&from=&limit=` */
export const guardListSchema = z.object({ items: z.array(guardedSendSchema), head: count });
export type GuardList = z.infer<typeof guardListSchema>;

/** `GET /api/sessions/:id/audit`: every verdict derived again from the streams, at the versions it names. */
export const sessionAuditSchema = z.object({
  ok: z.boolean(),
  head: count,
  /** Guard reads that were derived again. */
  checked: count,
  receipts: count,
  facts: count,
  findings: z.array(
    z.object({
      seq: count,
      index: count,
      role: z.string(),
      edgeId: z.string(),
      what: z.enum(["verdict", "version", "charge", "receipt", "fact", "effect", "retry"]),
      guard: z.string().nullable(),
      expected: z.string(),
      actual: z.string(),
    }),
  ),
});
export type SessionAudit = z.infer<typeof sessionAuditSchema>;

/** `GET /api/refusals`: the last commands that were refused; they changed nothing else. */
export const refusalListSchema = z.object({
  items: z.array(
    z.object({
      at: count,
      actor: z.object({ kind: z.string(), id: z.string() }),
      command: z.string(),
      /** The authority, context or session it was about. */
      subject: z.string().nullable(),
      code: z.string(),
      kind: z.string(),
      detail: z.string(),
    }),
  ),
});
export type RefusalList = z.infer<typeof refusalListSchema>;
