import { z } from "zod";
import { handoffStages } from "../entry/handoff-stage.ts";
import { publicKeySchema } from "./authority.ts";
import { hashSchema, idSchema } from "./common.ts";

const count = z.number().int().nonnegative();
const key = z.string().min(1).max(300);

/** What an owner may speak for. */
export const ownerScopeSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("session") }),
  z.object({ kind: z.literal("fragments"), keys: z.array(key).max(1_000) }),
]);
export type OwnerScopeJson = z.infer<typeof ownerScopeSchema>;

/** Where a session may be cut. */
export const linkBoundarySchema = z.object({
  bundle: idSchema.optional(),
  protocols: z.array(key).max(1_000),
  fragments: z.array(key).max(1_000),
  scope: ownerScopeSchema,
});
export type LinkBoundaryJson = z.infer<typeof linkBoundarySchema>;

/** The sessions an authority has to do with, each in one class. */
export const footprintSchema = z.object({
  schema_version: z.literal("aura.reconfiguration.v1"),
  native: z.array(idSchema),
  delegatedIn: z.array(idSchema),
  delegatedOut: z.array(idSchema),
});
export type FootprintJson = z.infer<typeof footprintSchema>;

const memberList = z.array(idSchema).max(1_000);
const names = z.array(z.string().min(1).max(300)).max(1_000);

/** An upgrade of what a bundle runs on. */
export const runtimeUpgradeSchema = z.object({
  upgrade_id: idSchema,
  plan: z.object({
    plan_id: idSchema,
    steps: z
      .array(z.object({ step_id: idSchema, next_members: memberList, placements: names.default([]) }))
      .max(1_000),
  }),
  compatibility: z.object({
    execution_constraint: z
      .enum(["preserve_bundle_profile", "mixed_determinism_allowed"])
      .default("preserve_bundle_profile"),
    ownership_continuity_required: z.boolean().default(true),
    pending_effect_treatment: z.enum(["preserve_pending", "invalidate_blocked"]).default("preserve_pending"),
    canonical_publication_continuity: z
      .enum(["preserve_canonical_truth", "reissue_canonical_truth"])
      .default("preserve_canonical_truth"),
  }),
  carried_publication_ids: names.default([]),
  invalidated_publication_ids: names.default([]),
  carried_obligation_ids: names.default([]),
  invalidated_obligation_ids: names.default([]),
});
export type RuntimeUpgradeJson = z.input<typeof runtimeUpgradeSchema>;

/** What one phase of an upgrade left. */
export const upgradeArtifactSchema = z.object({
  artifact_id: idSchema,
  upgrade_id: idSchema,
  phase: z.enum(["staged", "admitted", "committed_cutover", "failed", "rolled_back"]),
  members: z.array(idSchema),
  reason: z.string().optional(),
});
export const upgradeExecutionSchema = z.object({
  upgrade_id: idSchema,
  plan_id: idSchema,
  artifacts: z.array(upgradeArtifactSchema),
});
export type UpgradeExecutionJson = z.infer<typeof upgradeExecutionSchema>;
/** Who runs a bundle, and every upgrade that was tried. */
export const upgradeSnapshotSchema = z.object({
  epoch: count,
  active_members: z.array(idSchema),
  history: z.array(upgradeExecutionSchema),
});

/** An owner as the registry has it. */
export const ownerSchema = z.object({
  owner: idSchema,
  /** From 1; every handover makes the next one. */
  generation: count,
  scope: ownerScopeSchema,
});
export type OwnerJson = z.infer<typeof ownerSchema>;

/** What is kept of a change of owner. */
export const ownershipReceiptSchema = z.object({
  session: idSchema,
  claim: count,
  fromOwner: idSchema,
  fromGeneration: count,
  toOwner: idSchema,
  toGeneration: count,
  scope: ownerScopeSchema,
});

/** What is kept of a delegation: footprints of both sides before and after. */
export const delegationReceiptSchema = z.object({
  schema_version: z.literal("aura.reconfiguration.v1"),
  session_id: idSchema,
  from_authority: idSchema,
  to_authority: idSchema,
  bundle_id: idSchema.nullable(),
  from_before: footprintSchema,
  from_after: footprintSchema,
  to_before: footprintSchema,
  to_after: footprintSchema,
  /** ms. */
  delegated_at: count,
});

/** Both receipts of one handoff: what both sides sign, by its id. */
export const handoffReceiptSchema = z.object({
  id: hashSchema,
  /** The id of the ownership receipt by itself. */
  ownershipId: hashSchema,
  ownership: ownershipReceiptSchema,
  delegation: delegationReceiptSchema,
  context: idSchema,
  boundary: linkBoundarySchema,
});
export type HandoffReceiptJson = z.infer<typeof handoffReceiptSchema>;

/** The signature of one side, by the key of one of its devices. */
export const handoffSignatureSchema = z.object({
  role: z.enum(["from", "to"]),
  authority: idSchema,
  device: idSchema,
  key: publicKeySchema,
  /** The signer's epoch. */
  epoch: count,
  signature: z.string().regex(/^[0-9a-f]{128}$/),
});
export type HandoffSignatureJson = z.infer<typeof handoffSignatureSchema>;

/** A device key of an authority, with the epochs in which it counts. */
export const handoffKeySchema = z.object({
  authority: idSchema,
  device: idSchema,
  key: publicKeySchema,
  from: count,
  /** The last epoch in which it counts; null while it is bound. */
  until: count.nullable(),
});

/** One step of a verification, in order. */
export const handoffStepSchema = z.object({
  step: z.enum([
    "ownership-id",
    "receipt-id",
    "from-signature",
    "from-key",
    "to-signature",
    "to-key",
    "generation",
    "agreement",
    "footprints",
  ]),
  ok: z.boolean(),
  detail: z.string(),
  expected: z.string().optional(),
  actual: z.string().optional(),
});
export type HandoffStepJson = z.infer<typeof handoffStepSchema>;

/** One handoff with all that can be checked of it; `verifyHandoff` of `@parley/runtime/reconfiguration` takes it as it is. */
export const handoffViewSchema = z.object({
  receipt: handoffReceiptSchema,
  signatures: z.array(handoffSignatureSchema),
  /** The keys of both authorities. */
  keys: z.array(handoffKeySchema),
  /** The receipt of the handoff before it in this life of the session. */
  previous: ownershipReceiptSchema.nullable(),
  /** Position of the session it stands at; null where the mark was not taken in with the session. */
  seq: count.nullable(),
  at: count,
  bundle: idSchema,
  movedFragments: z.array(z.string()),
  coherence: z.string(),
  /** The fact it left in its context. */
  fact: z.object({ context: idSchema, id: hashSchema }),
  upgrade: upgradeExecutionSchema.nullable(),
  verified: z.boolean(),
  steps: z.array(handoffStepSchema),
});
export type HandoffView = z.infer<typeof handoffViewSchema>;

const fragmentViewSchema = z.object({
  key: z.string(),
  owner: idSchema,
  protocol: z.string(),
  bundle: idSchema.nullable(),
});

/** What an authority may do with the session now, and why not what it may not. */
export const ownerRightsSchema = z.object({
  authority: idSchema,
  name: z.string(),
  /** Its class in the footprints; null for nothing to do with it. */
  footprint: z.enum(["native", "delegatedIn", "delegatedOut"]).nullable(),
  owner: z.boolean(),
  /** Fragments it holds. */
  fragments: z.array(z.string()),
  delegate: z.boolean(),
  /** Close or cancel the session: needs an owner of all of it. */
  close: z.boolean(),
  why: z.string().nullable(),
});

/** The owners of a session, one node a generation, and the handovers between them. */
export const lineageSchema = z.object({
  nodes: z.array(
    ownerSchema.extend({
      id: z.string(),
      name: z.string(),
      /** Position and time since when; null at the beginning. */
      seq: count.nullable(),
      at: count.nullable(),
      current: z.boolean(),
    }),
  ),
  edges: z.array(
    z.object({
      from: z.string(),
      to: z.string(),
      bundle: idSchema,
      context: idSchema,
      seq: count.nullable(),
      at: count,
      receipt: hashSchema,
      verified: z.boolean(),
    }),
  ),
});

/** `GET /api/sessions/:id/ownership?at=` */
export const ownershipViewSchema = z.object({
  session: idSchema,
  at: count,
  head: count,
  /** Null once the session has ended and was given up. */
  owner: ownerSchema.nullable(),
  /** A generation outlives its owner. */
  generation: count,
  /** Whether it was ever handed over. */
  delegated: z.boolean(),
  fragments: z.array(fragmentViewSchema),
  /** Where it may be cut now. */
  boundary: linkBoundarySchema,
  rights: z.array(ownerRightsSchema),
  /** With this boundary and its scope it goes back whole to whom it was whole; null where the owner has all of it. */
  handBack: z.object({ to: idSchema, bundle: idSchema, boundary: linkBoundarySchema }).nullable(),
  /** Bundles it can be delegated at: those its protocol is part of. */
  bundles: z.array(idSchema),
  /** Why it cannot be delegated at all; null when it can. */
  refusal: z.object({ code: z.string(), detail: z.string() }).nullable(),
  lineage: lineageSchema,
  /** Oldest first. */
  receipts: z.array(handoffViewSchema),
  /** Handoffs of it that were refused; they changed nothing. Oldest first. */
  refused: z.array(
    z.object({
      at: count,
      what: z.string(),
      code: z.string(),
      variant: z.string(),
      detail: z.string(),
      /** Of one that was made to fail on request: the stage it failed at. */
      injected: z.enum(handoffStages).nullable(),
    }),
  ),
});
export type OwnershipView = z.infer<typeof ownershipViewSchema>;

const asked = z.object({
  /** What the giver holds; its scope is the present one unless it says otherwise. */
  presented: z.object({
    owner: idSchema,
    generation: count,
    scope: ownerScopeSchema.optional(),
  }),
  to: idSchema,
  bundle: idSchema,
  /** What is handed over; the boundary's scope, else the bundle's piece. */
  scope: ownerScopeSchema.optional(),
  boundary: linkBoundarySchema.optional(),
  /** Where the fact is kept; the session's own context. */
  context: idSchema.optional(),
  upgrade: runtimeUpgradeSchema.optional(),
});

/** `POST /api/sessions/:id/delegate/preview` */
export const previewDelegationSchema = asked;
export type PreviewDelegation = z.input<typeof previewDelegationSchema>;

/** `POST /api/sessions/:id/delegate` */
export const delegateSessionSchema = asked.extend({
  expectedHead: count,
  /**
   * Rehearses a failure: the handoff goes through its stages up to this one,
   * fails there with its real error, and changes nothing but the audit. What
   * stands against it anyway is told first.
   */
  failAt: z.enum(handoffStages).optional(),
});
export type DelegateSession = z.input<typeof delegateSessionSchema>;

/** Why a handoff would be refused, or was. */
export const handoffRefusalSchema = z.object({
  code: z.string(),
  /** The source's name of the error, outermost first: `OwnerTransfer.CapabilityMismatch`. */
  variant: z.string(),
  detail: z.string(),
  fields: z.record(z.string(), z.unknown()).optional(),
});

/** What a handoff would do; nothing is written. */
export const delegationPreviewSchema = z.object({
  session: idSchema,
  head: count,
  allowed: z.boolean(),
  /** Every reason at once. */
  refusals: z.array(handoffRefusalSchema),
  from: ownerSchema,
  to: ownerSchema,
  boundary: linkBoundarySchema,
  fragments: z.array(
    z.object({
      key: z.string(),
      bundle: idSchema.nullable(),
      from: idSchema,
      to: idSchema,
      /** Whether the boundary names it; fragments move together all the same. */
      inBoundary: z.boolean(),
    }),
  ),
  footprints: z.array(z.object({ authority: idSchema, before: footprintSchema, after: footprintSchema })),
  /** One sentence a violation; empty when coherent. */
  coherence: z.object({ before: z.array(z.string()), after: z.array(z.string()) }),
  context: idSchema,
  /** Authorities that would get a replica of the context. */
  joins: z.array(idSchema),
  /** The devices that would sign. */
  signers: z.object({ from: idSchema.nullable(), to: idSchema.nullable() }),
  upgrade: upgradeExecutionSchema.nullable(),
});
export type DelegationPreview = z.infer<typeof delegationPreviewSchema>;

/** What a handoff did. */
export const delegatedSchema = z.object({
  head: count,
  handoff: handoffViewSchema,
  ownership: ownershipViewSchema,
  replayed: z.boolean(),
});
export type Delegated = z.infer<typeof delegatedSchema>;
