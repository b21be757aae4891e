import { z } from "zod";
import { hashSchema, idSchema } from "./common.ts";
import {
  footprintSchema,
  runtimeUpgradeSchema,
  upgradeExecutionSchema,
  upgradeSnapshotSchema,
} from "./ownership.ts";

const count = z.number().int().nonnegative();
const interfaceName = z.string().min(1).max(300);
const interfaceNames = z.array(interfaceName).max(1_000);

/** A unit of linking and ownership, with the runtime it runs on. */
export const bundleViewSchema = z.object({
  id: idSchema,
  protocols: z.array(z.string()),
  exports: z.array(z.string()),
  imports: z.array(z.string()),
  footprint: footprintSchema,
  /** Made from manifests of the catalogue, registered by hand, or linked from two others. */
  origin: z.enum(["generated", "registered", "linked"]),
  /** Position of the workspace's entry that brought it. */
  seq: count,
  at: count,
  /** Sessions that were handed over at it and have not ended. */
  sessions: z.array(idSchema),
  /** Null until it is seeded. */
  runtime: upgradeSnapshotSchema.nullable(),
  /** Why the catalogue's bundle of this name is another one by now; null when it is not. */
  finding: z.string().nullable(),
});
export type BundleView = z.infer<typeof bundleViewSchema>;

/** Whether two bundles can be linked: what one needs and does not offer, the other offers. */
export const bundlePairSchema = z.object({
  left: idSchema,
  right: idSchema,
  compatible: z.boolean(),
  /** What nobody of the two exports. */
  missing: z.array(z.string()),
  /** Sessions that both footprints hold: they keep two bundles apart, too. */
  shared: z.array(idSchema),
});

export const linkViewSchema = z.object({
  left: idSchema,
  right: idSchema,
  linked: idSchema,
  seq: count,
  at: count,
});

/** One upgrade that was tried, with who ran the bundle before and after it. */
export const upgradeViewSchema = upgradeExecutionSchema.extend({
  bundle: idSchema,
  /** The epoch it made. */
  epoch: count,
  seq: count,
  at: count,
  ok: z.boolean(),
  reason: z.string().nullable(),
  before: z.array(idSchema),
  after: z.array(idSchema),
  /** The handoff it was part of. */
  session: idSchema.nullable(),
});
export type UpgradeView = z.infer<typeof upgradeViewSchema>;

export const delegationViewSchema = z.object({
  receipt: hashSchema,
  session: idSchema,
  title: z.string(),
  from: idSchema,
  to: idSchema,
  fromGeneration: count,
  toGeneration: count,
  bundle: idSchema,
  context: idSchema,
  /** Position in the session. */
  seq: count.nullable(),
  at: count,
  fragments: z.array(z.string()),
  coherence: z.string(),
  verified: z.boolean(),
});

/** `GET /api/reconfiguration` */
export const reconfigurationViewSchema = z.object({
  /** Position of the workspace's stream. */
  head: count,
  bundles: z.array(bundleViewSchema),
  links: z.array(linkViewSchema),
  /** Every pair of bundles. */
  compatibility: z.array(bundlePairSchema),
  footprints: z.array(z.object({ authority: idSchema, name: z.string(), footprint: footprintSchema })),
  coherence: z.object({
    coherent: z.boolean(),
    violations: z.array(
      z.object({
        kind: z.enum(["owners", "receivers", "givers"]),
        session: idSchema,
        authorities: z.array(idSchema),
        text: z.string(),
      }),
    ),
  }),
  /** Oldest first. */
  delegations: z.array(delegationViewSchema),
  upgrades: z.array(upgradeViewSchema),
  /** What may run a bundle: authorities and their devices. */
  members: z.array(z.object({ id: idSchema, name: z.string(), authority: idSchema })),
  /** The surfaces reconfiguration needs, and whether the runtime has them. */
  surfaces: z.array(z.object({ name: z.string(), available: z.boolean() })),
  /** What was refused; nothing changed. Newest first. */
  refused: z.array(
    z.object({
      at: count,
      what: z.string(),
      subject: z.string(),
      code: z.string(),
      variant: z.string(),
      detail: z.string(),
    }),
  ),
});
export type ReconfigurationView = z.infer<typeof reconfigurationViewSchema>;

/** `POST /api/reconfiguration/bundles` */
export const registerBundleSchema = z.object({
  id: idSchema,
  protocols: z.array(z.string().min(1).max(300)).min(1).max(1_000),
  exports: interfaceNames,
  imports: interfaceNames,
});
export type RegisterBundle = z.input<typeof registerBundleSchema>;

/** `POST /api/reconfiguration/links`: both stay; the third has what both have. */
export const linkBundlesSchema = z.object({ left: idSchema, right: idSchema, linked: idSchema });
export type LinkBundles = z.input<typeof linkBundlesSchema>;

/** `POST /api/reconfiguration/bundles/:id/seed`: who runs it; forgets its upgrades. */
export const seedBundleSchema = z.object({ members: z.array(idSchema).max(1_000) });
export type SeedBundle = z.input<typeof seedBundleSchema>;

/** `POST /api/reconfiguration/bundles/:id/upgrade`; one that fails is recorded, answers with `ok: false` and leaves the members as they were. */
export const upgradeBundleSchema = z.object({ upgrade: runtimeUpgradeSchema });
export type UpgradeBundle = z.input<typeof upgradeBundleSchema>;

export const upgradedSchema = z.object({ upgrade: upgradeViewSchema, bundle: bundleViewSchema });
export type Upgraded = z.infer<typeof upgradedSchema>;
