import type {
  BundleView,
  Delegated,
  DelegateSession,
  DelegationPreview,
  LinkBundles,
  OwnershipView,
  PreviewDelegation,
  ReconfigurationView,
  RegisterBundle,
  RuntimeUpgradeJson,
  Upgraded,
} from "@parley/wire/http";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import type { Result } from "../host-error.ts";
import { delegateHostedSession } from "./delegate-session.ts";
import { readOwnership } from "./ownership-view.ts";
import { previewDelegation } from "./preview-delegation.ts";
import {
  linkBundlesCommand,
  registerBundleCommand,
  seedBundleCommand,
  upgradeBundleCommand,
} from "./reconfiguration-commands.ts";
import { readReconfiguration } from "./reconfiguration-view.ts";
import { handoffFromJson } from "./to-json.ts";

/** Who owns sessions, handing them over, and the bundles they are handed over at. */
export interface HandoverHost {
  /** The durable head, or an earlier position. */
  ownership(session: string, at?: number): Promise<Result<OwnershipView>>;
  /** Nothing is written. */
  previewDelegation(session: string, request: PreviewDelegation): Promise<Result<DelegationPreview>>;
  /** All of it in one transaction, or nothing but an audit record; with `failAt` a rehearsed failure. */
  delegateSession(caller: Caller, session: string, request: DelegateSession): Promise<Result<Delegated>>;
  reconfiguration(): Promise<ReconfigurationView>;
  registerBundle(caller: Caller, request: RegisterBundle): Promise<Result<BundleView>>;
  linkBundles(caller: Caller, request: LinkBundles): Promise<Result<BundleView>>;
  seedBundle(caller: Caller, bundle: string, members: readonly string[]): Promise<Result<BundleView>>;
  /** One that fails is recorded and answers `ok: false`. */
  upgradeBundle(caller: Caller, bundle: string, upgrade: RuntimeUpgradeJson): Promise<Result<Upgraded>>;
}

export const handoverHost = (core: HostCore): HandoverHost => ({
  ownership: (session, at) => readOwnership(core, session, at),
  previewDelegation: (session, request) => previewDelegation(core, session, handoffFromJson(request)),
  delegateSession: (caller, session, request) =>
    delegateHostedSession(core, caller, session, {
      ...handoffFromJson(request),
      expectedHead: request.expectedHead,
      ...(request.failAt === undefined ? {} : { failAt: request.failAt }),
    }),
  reconfiguration: () => readReconfiguration(core),
  registerBundle: (caller, request) => registerBundleCommand(core, caller, request),
  linkBundles: (caller, request) => linkBundlesCommand(core, caller, request),
  seedBundle: (caller, bundle, members) => seedBundleCommand(core, caller, bundle, members),
  upgradeBundle: (caller, bundle, upgrade) => upgradeBundleCommand(core, caller, bundle, upgrade),
});
