import type { ComposedBundle, ReconfigurationInput } from "@parley/wire";
import type {
  BundleView,
  LinkBundles,
  RegisterBundle,
  RuntimeUpgradeJson,
  Upgraded,
} from "@parley/wire/http";
import {
  emptyFootprint,
  executeRuntimeUpgrade,
  linkManagedBundles,
  type ManagerResult,
  RECONFIGURATION_SCHEMA,
  registerManagedBundle,
  seedRuntimeUpgrade,
} from "../../reconfiguration/index.ts";
import type { Caller } from "../caller.ts";
import { runCommand } from "../commands/command.ts";
import { writeWorkspace } from "../commands/write-workspace.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import type { HandoverState } from "../streams/handover-records.ts";
import { auditRefusal } from "./audit-refusal.ts";
import { reconfigurationRefused } from "./handover-error.ts";
import { bundleView, upgradeViews } from "./reconfiguration-view.ts";
import { catalogueBundles } from "./seed-bundles.ts";
import { hostInventory } from "./session-runtime.ts";
import { upgradeFromJson } from "./to-json.ts";

/** One change of bundles: tried on the present state, and written only when it goes through. */
interface BundleCommand<T> {
  readonly name: string;
  readonly bundle: string;
  readonly request: unknown;
  readonly input: ReconfigurationInput;
  readonly attempt: (state: HandoverState) => ManagerResult<unknown>;
  /** `seq` is that of the entry. */
  readonly answer: (seq: number) => Result<T>;
}

/** Whether an attempt leaves something to be written: it went through, or its failure is part of the record. */
const leavesRecord = (state: HandoverState, tried: ManagerResult<unknown>): boolean =>
  tried.ok || tried.manager.controller !== state.manager.controller;

const bundleCommand = <T>(core: HostCore, caller: Caller, command: BundleCommand<T>): Promise<Result<T>> =>
  runCommand<T, { readonly seq: number }>(core, caller, {
    name: command.name,
    subject: command.bundle,
    request: [command.bundle, command.request],
    restore: async ({ seq }) => command.answer(seq),
    run: async (idempotency) => {
      const state = core.workspace.tentative.handover;
      const tried = command.attempt(state);
      if (!tried.ok && !leavesRecord(state, tried)) {
        const error = reconfigurationRefused(tried.error);
        await auditRefusal(core, caller, command.name, command.bundle, error);
        return refused(error);
      }
      const seq = core.workspace.tentative.seq + 1;
      const written = await writeWorkspace(core, caller, [command.input], idempotency({ seq }));
      return written.ok ? command.answer(seq) : written;
    },
  });

const readBundle = (core: HostCore, id: string): Result<BundleView> => {
  const state = core.workspace.durable.handover;
  const bundle = state.manager.controller.bundles.get(id);
  return bundle === undefined
    ? refused({ code: "PAR7001", kind: "not-found", what: "bundle", id })
    : done(bundleView(state, bundle, catalogueBundles(core)));
};

const sorted = (names: readonly string[]): readonly string[] => [...new Set(names)].sort();

/** Registers a bundle of one's own; bundles are never replaced. */
export const registerBundleCommand = (
  core: HostCore,
  caller: Caller,
  request: RegisterBundle,
): Promise<Result<BundleView>> => {
  const bundle: ComposedBundle = {
    schema_version: RECONFIGURATION_SCHEMA,
    bundle_id: request.id,
    protocol_ids: sorted(request.protocols),
    exports: sorted(request.exports),
    imports: sorted(request.imports),
    footprint: emptyFootprint,
  };
  return bundleCommand<BundleView>(core, caller, {
    name: "register-bundle",
    bundle: request.id,
    request: bundle,
    input: { kind: "bundle.registered", bundle },
    attempt: ({ manager }) => registerManagedBundle(manager, bundle),
    answer: () => readBundle(core, request.id),
  });
};

/** Links two bundles into a third. */
export const linkBundlesCommand = (
  core: HostCore,
  caller: Caller,
  { left, right, linked }: LinkBundles,
): Promise<Result<BundleView>> =>
  bundleCommand<BundleView>(core, caller, {
    name: "link-bundles",
    bundle: linked,
    request: [left, right],
    input: { kind: "bundles.linked", left, right, linked },
    attempt: ({ manager }) =>
      linkManagedBundles({ ...manager, capabilities: hostInventory }, left, right, linked),
    answer: () => readBundle(core, linked),
  });

/** Says who runs a bundle; its upgrades begin anew. */
export const seedBundleCommand = (
  core: HostCore,
  caller: Caller,
  bundle: string,
  members: readonly string[],
): Promise<Result<BundleView>> =>
  bundleCommand<BundleView>(core, caller, {
    name: "seed-bundle",
    bundle,
    request: members,
    input: { kind: "upgrade.seeded", bundle, members },
    attempt: ({ manager }) => seedRuntimeUpgrade(manager, bundle, members),
    answer: () => readBundle(core, bundle),
  });

/** Upgrades what a bundle runs on; one that fails is recorded, and its members stay. */
export const upgradeBundleCommand = (
  core: HostCore,
  caller: Caller,
  bundle: string,
  upgrade: RuntimeUpgradeJson,
): Promise<Result<Upgraded>> => {
  const request = upgradeFromJson(upgrade);
  return bundleCommand<Upgraded>(core, caller, {
    name: "upgrade-bundle",
    bundle,
    request,
    input: { kind: "upgrade.executed", bundle, request },
    attempt: ({ manager }) =>
      executeRuntimeUpgrade({ ...manager, capabilities: hostInventory }, bundle, request),
    answer: (seq) => {
      const view = readBundle(core, bundle);
      const tried = upgradeViews(core.workspace.durable.handover).find((one) => one.seq === seq);
      if (!view.ok) return view;
      return tried === undefined
        ? refused({ code: "PAR7001", kind: "not-found", what: "upgrade", id: request.upgrade_id })
        : done({ upgrade: tried, bundle: view.value });
    },
  });
};
