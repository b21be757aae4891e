import { z } from "zod";
import { hashSchema, idSchema } from "./common.ts";

const count = z.number().int().nonnegative();
const amount = z.number().int().min(1).max(1_000_000_000);
const reason = z.string().max(1_000);
const capabilityList = z.array(z.string().min(1).max(200)).max(500);

/** An Ed25519 public key: 64 hex digits. */
export const publicKeySchema = z.string().regex(/^[0-9a-f]{64}$/);

export const keyViewSchema = z.object({
  key: publicKeySchema,
  purpose: z.enum(["root", "device"]),
  device: idSchema.nullable(),
  epoch: count,
  /** Position of the entry that bound it. */
  seq: count,
  /** `epoch` is the last in which it counts; `by` the key that a rotation put in its place. */
  retired: z
    .object({ seq: count, epoch: count, reason: z.string(), by: publicKeySchema.optional() })
    .nullable(),
});

/** What a token may be used for. */
export const tokenScopeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("contexts") }),
  z.object({ kind: z.literal("context"), context: idSchema }),
  z.object({ kind: z.literal("storage"), path: z.string().min(1).max(500) }),
]);

/** What an attenuation takes away. */
export const tokenCheckSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("capabilities"), only: capabilityList }),
  z.object({ kind: z.literal("context"), context: idSchema }),
  /** Session time, ms. */
  z.object({ kind: z.literal("expires"), at: count }),
  z.object({
    kind: z.literal("operation"),
    operation: z.enum(["read", "write"]),
    prefix: z.string().max(500),
  }),
]);

/** A token of an authority as lists show it. */
export const tokenViewSchema = z.object({
  id: idSchema,
  issuer: idSchema,
  holder: idSchema,
  device: idSchema,
  root: publicKeySchema,
  capabilities: z.array(z.string()),
  scope: tokenScopeSchema,
  checks: z.array(tokenCheckSchema),
  /** The token it was attenuated from. */
  parent: idSchema.nullable(),
  revocationIds: z.array(z.string()),
  /** Position of the entry that issued it, and of the last one that changed what it allows. */
  seq: count,
  version: count,
  /** Devices that present it. */
  presentedBy: z.array(idSchema),
  /** Set when it, or a token it was made from, was revoked. */
  revoked: z.object({ token: idSchema, seq: count, reason: z.string() }).nullable(),
});
export type TokenView = z.infer<typeof tokenViewSchema>;

/** What a token says to one question. `block` counts from 0, the authority block. */
export const tokenAnswerSchema = z.object({
  capability: z.string(),
  allowed: z.boolean(),
  /** The policy that allows, or why not. */
  why: z.string(),
  block: count.nullable(),
  check: z.string().nullable(),
  /** It could not be judged now and may be asked again: the time limit. */
  retry: z.boolean(),
});
export type TokenAnswerView = z.infer<typeof tokenAnswerSchema>;

/** `GET /api/authorities/:id/tokens/:token?context=&at=`: its blocks, and what it allows capability by capability. */
export const tokenDetailSchema = tokenViewSchema.extend({
  /** URL-safe base64 of the Biscuit. */
  bytes: z.string(),
  /** Source text of each block, the authority block first. */
  blocks: z.array(z.string()),
  /** Every capability of the vocabulary and of the token, in order. */
  allows: z.array(tokenAnswerSchema),
});
export type TokenDetail = z.infer<typeof tokenDetailSchema>;

/** `POST /api/authorities/:id/tokens`: the authority issues to a device of its own. */
export const issueTokenSchema = z.object({
  device: idSchema,
  /** Absent = the whole first-party vocabulary. */
  capabilities: capabilityList.optional(),
  scope: tokenScopeSchema.default({ kind: "contexts" }),
  /** Whether the device presents it from now on. */
  present: z.boolean().default(false),
});
export type IssueTokenRequest = z.input<typeof issueTokenSchema>;

/** `POST …/tokens/:token/attenuate` */
export const attenuateTokenSchema = z.object({
  checks: z.array(tokenCheckSchema).min(1).max(20),
  /** The device of the new token; absent = that of the old one. */
  device: idSchema.optional(),
  present: z.boolean().default(false),
});
export type AttenuateTokenRequest = z.input<typeof attenuateTokenSchema>;

/** `POST …/tokens/:token/revoke` */
export const revokeTokenSchema = z.object({ reason });

/**
 * `PUT …/devices/:device/token`: a token of the authority by id, none at all,
 * or one from elsewhere by its bytes, taken in if the authority's root signed it.
 */
export const presentTokenSchema = z.union([
  z.object({ token: idSchema.nullable() }),
  z.object({ bytes: z.string().min(1).max(65_536) }),
]);
export type PresentTokenRequest = z.infer<typeof presentTokenSchema>;

/** `POST …/devices/:device/rotate`: another key for the device, from a new epoch on. */
export const rotateKeySchema = z.object({
  /** The epoch as it was seen; refused when it is another by now. */
  epoch: count.optional(),
  reason: reason.default(""),
});
export type RotateKeyRequest = z.input<typeof rotateKeySchema>;

/** What one authority may spend on messages to another in a context. */
export const budgetViewSchema = z.object({
  /** `budget:<context>:<peer>`: how guard verdicts name it. */
  id: z.string(),
  context: idSchema,
  peer: idSchema,
  limit: count,
  spent: count,
  left: count,
  epoch: count,
  /** False while nobody set a limit and the default holds. */
  limited: z.boolean(),
  /** What each device may spend even alone, and has spent in this epoch. */
  devices: z.array(z.object({ device: idSchema, allotted: count, spent: count })),
  receipts: count,
  /** Position of the last entry that changed it; what a denied seat watches. */
  version: z.number().int(),
});
export type BudgetView = z.infer<typeof budgetViewSchema>;

/** One change of a budget, oldest first. */
export const budgetChangeSchema = z.object({
  seq: count,
  at: count,
  kind: z.enum(["limited", "allotted", "replenished", "epoch", "removed", "charged"]),
  text: z.string(),
  context: idSchema,
  peer: idSchema,
  limit: count,
  spent: count,
  epoch: count,
  /** Set on a charge. */
  charge: z
    .object({
      receipt: hashSchema,
      session: idSchema,
      edgeId: z.string(),
      label: z.string(),
      device: idSchema,
      cost: count,
      nonce: count,
    })
    .nullable(),
});
export type BudgetChange = z.infer<typeof budgetChangeSchema>;

export const budgetHistorySchema = z.object({
  items: z.array(budgetChangeSchema),
  /** More lie before the first one: ask again with `before` its seq. */
  more: z.boolean(),
});

const pair = { context: idSchema, peer: idSchema };

/** `PUT /api/authorities/:id/budgets/limit` */
export const limitBudgetSchema = z.object({ ...pair, limit: count.max(1_000_000_000_000) });
/** `POST …/budgets/replenish`: raises the limit. */
export const replenishBudgetSchema = z.object({ ...pair, amount });
/** `POST …/budgets/allot`: what one device may spend even alone, in place of what it had in escrow. */
export const allotBudgetSchema = z.object({
  ...pair,
  device: idSchema,
  amount: count.max(1_000_000_000_000),
});
/** `POST …/budgets/remove`: back to the default. */
export const removeBudgetSchema = z.object(pair);
/** `POST /api/authorities/:id/epoch`: every budget starts at 0 again; must be later than the present one. */
export const epochSchema = z.object({ epoch: count });

/** Units of leakage by observer class. */
export const leakageSchema = z.object({ external: count, neighbor: count, inGroup: count });

export const leakageViewSchema = z.object({
  /** `leakage:<context>`. */
  id: z.string(),
  context: idSchema,
  limits: leakageSchema,
  consumed: leakageSchema,
  limited: z.boolean(),
  version: z.number().int(),
});
export type LeakageView = z.infer<typeof leakageViewSchema>;

/** `PUT /api/authorities/:id/leakage` */
export const limitLeakageSchema = z.object({ context: idSchema, limits: leakageSchema });
/** `POST /api/authorities/:id/leakage/reset` */
export const resetLeakageSchema = z.object({ context: idSchema });

/** The commitment tree of an authority, as its journal reduces. */
export const treeViewSchema = z.object({
  epoch: count,
  threshold: count,
  /** Commitment of the whole tree. */
  commitment: hashSchema,
  leaves: z.array(
    z.object({
      leaf: count,
      role: z.enum(["Device", "Guardian"]),
      publicKey: publicKeySchema,
      device: idSchema.nullable(),
    }),
  ),
});

/** A key that those who took part in a ceremony hold together; its ceremony has all of it. */
export const groupViewSchema = z.object({
  ceremony: idSchema,
  kind: z.string(),
  context: idSchema,
  epoch: count,
  state: z.enum(["prepared", "active", "retired", "forgotten"]),
  publicKey: publicKeySchema,
  threshold: count,
  participants: z.array(z.string()),
});

/** `GET /api/authorities/:id` */
export const authorityViewSchema = z.object({
  id: idSchema,
  name: z.string(),
  hue: z.number().int(),
  /** Position of its last entry. */
  head: count,
  at: count,
  epoch: count,
  devices: z.array(
    z.object({
      id: idSchema,
      name: z.string(),
      key: publicKeySchema.nullable(),
      /** The token it presents. */
      token: idSchema.nullable(),
    }),
  ),
  keys: z.array(keyViewSchema),
  tree: treeViewSchema.nullable(),
  tokens: z.array(tokenViewSchema),
  budgets: z.array(budgetViewSchema),
  leakage: z.array(leakageViewSchema),
  /** Root of the facts of its own journal, and how many there are. */
  journal: z.object({ root: hashSchema, facts: count }),
  /** Keys it holds together with others, newest first: `prepared` is inert, `active` signs. */
  groups: z.array(groupViewSchema).optional(),
  receipts: count,
});
export type AuthorityView = z.infer<typeof authorityViewSchema>;

/** What a seat's token does not admit of what its edges declare, before a session is opened. */
export const seatFrontierSchema = z.object({
  role: z.string(),
  authority: idSchema,
  device: idSchema,
  token: idSchema.nullable(),
  capabilities: z.array(
    z.object({
      capability: z.string(),
      admitted: z.boolean(),
      /** Opening with `grant: "declared"` admits it. */
      granted: z.boolean(),
      why: z.string(),
      /** What would admit it; null when it is admitted. */
      needs: z.string().nullable(),
    }),
  ),
});
export type SeatFrontier = z.infer<typeof seatFrontierSchema>;
