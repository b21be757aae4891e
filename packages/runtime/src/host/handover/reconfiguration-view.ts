import type { ComposedBundle } from "@parley/wire";
import type { BundleView, ReconfigurationView, UpgradeView } from "@parley/wire/http";
import { missingImports } from "../../reconfiguration/bundle.ts";
import { sessionsOf } from "../../reconfiguration/footprint.ts";
import {
  coherenceViolations,
  compatible,
  transitionSurfaces,
  type UpgradeSnapshot,
  violationText,
} from "../../reconfiguration/index.ts";
import type { HostCore } from "../core.ts";
import type { HandoverState, TriedUpgrade } from "../streams/handover-records.ts";
import { handoffViews } from "./handoff-views.ts";
import { catalogueBundles } from "./seed-bundles.ts";
import { hostInventory } from "./session-runtime.ts";
import { executionJson, footprintJson } from "./to-json.ts";

const runtimeJson = (snapshot: UpgradeSnapshot | undefined): BundleView["runtime"] =>
  snapshot === undefined || snapshot.active_members.length === 0
    ? null
    : {
        epoch: snapshot.epoch,
        active_members: [...snapshot.active_members],
        history: snapshot.history.map(executionJson),
      };

const same = (one: ComposedBundle, other: ComposedBundle): boolean =>
  [one.protocol_ids, one.exports, one.imports].join(" | ") ===
  [other.protocol_ids, other.exports, other.imports].join(" | ");

/** What the catalogue calls by this name now, where it is not what the workspace holds. */
const findingOf = (bundle: ComposedBundle, catalogue: readonly ComposedBundle[]): string | null => {
  const now = catalogue.find(({ bundle_id }) => bundle_id === bundle.bundle_id);
  return now === undefined || same(now, bundle)
    ? null
    : "The catalogue's protocols make another bundle of this name by now; sessions go on with the one registered.";
};

/** Sessions handed over at a bundle whose owner holds them still. */
const heldAt = (state: HandoverState, bundle: string): string[] =>
  [...state.owners.records.keys()].filter(
    (session) => state.handovers.get(session)?.at(-1)?.witness.bundle === bundle,
  );

/** One bundle with what it runs on. */
export const bundleView = (
  state: HandoverState,
  bundle: ComposedBundle,
  catalogue: readonly ComposedBundle[],
): BundleView => {
  const id = bundle.bundle_id;
  const record = state.bundles.get(id);
  return {
    id,
    protocols: [...bundle.protocol_ids],
    exports: [...bundle.exports],
    imports: [...bundle.imports],
    footprint: footprintJson(bundle.footprint),
    origin: record?.origin ?? "registered",
    seq: record?.seq ?? 0,
    at: record?.at ?? 0,
    sessions: heldAt(state, id),
    runtime: runtimeJson(state.manager.controller.upgrades.get(id)),
    finding: record?.origin === "generated" ? findingOf(bundle, catalogue) : null,
  };
};

/** One upgrade with the members before and after it. */
export const upgradeView = (tried: TriedUpgrade, epoch: number): UpgradeView => {
  const failed = tried.execution.artifacts.find(({ phase }) => phase === "failed");
  return {
    ...executionJson(tried.execution),
    bundle: tried.bundle,
    epoch,
    seq: tried.seq,
    at: tried.at,
    ok: failed === undefined,
    reason: failed?.reason ?? null,
    before: [...tried.before],
    after: [...tried.after],
    session: tried.session ?? null,
  };
};

/** Every upgrade with the epoch it made; the first after a seed makes epoch 1. */
export const upgradeViews = (state: HandoverState): readonly UpgradeView[] => {
  const snapshots = state.manager.controller.upgrades;
  return state.upgrades.map((tried) => {
    const history = snapshots.get(tried.bundle)?.history ?? [];
    return upgradeView(tried, history.indexOf(tried.execution) + 1);
  });
};

const pairsOf = (bundles: readonly ComposedBundle[]): ReconfigurationView["compatibility"] =>
  bundles.flatMap((left, at) =>
    bundles.slice(at + 1).map((right) => ({
      left: left.bundle_id,
      right: right.bundle_id,
      compatible: compatible(left, right),
      missing: [...new Set([...missingImports(left, right), ...missingImports(right, left)])].sort(),
      shared: sessionsOf(left.footprint).filter((id) => sessionsOf(right.footprint).includes(id)),
    })),
  );

const delegationsOf = async (core: HostCore): Promise<ReconfigurationView["delegations"]> => {
  const { handovers } = core.workspace.durable.handover;
  const all = [...handovers].flatMap(([session, list]) =>
    handoffViews(core, list).map((view) => ({ session, view })),
  );
  all.sort((a, b) => a.view.at - b.view.at);
  const titles = new Map<string, string>();
  for (const session of handovers.keys()) {
    const [first] = await core.store.read(session, 0, 1);
    const pin = first?.entry.input;
    titles.set(session, pin?.kind === "open" ? pin.title : session);
  }
  return all.map(({ session, view }) => {
    const { ownership } = view.receipt;
    return {
      receipt: view.receipt.id,
      session,
      title: titles.get(session) ?? session,
      from: ownership.fromOwner,
      to: ownership.toOwner,
      fromGeneration: ownership.fromGeneration,
      toGeneration: ownership.toGeneration,
      bundle: view.bundle,
      context: view.receipt.context,
      seq: view.seq,
      at: view.at,
      fragments: view.movedFragments,
      coherence: view.coherence,
      verified: view.verified,
    };
  });
};

const nameOf = (core: HostCore, authority: string): string =>
  core.authorities.get(authority)?.durable.name ?? authority;

const membersOf = (core: HostCore): ReconfigurationView["members"] =>
  [...core.authorities.values()].flatMap(({ durable }) =>
    durable.devices.map(({ id, name }) => ({
      id,
      name: `${durable.name}, ${name}`,
      authority: durable.stream,
    })),
  );

const linksOf = ({ bundles }: HandoverState): ReconfigurationView["links"] =>
  [...bundles].flatMap(([linked, { linkedFrom, seq, at }]) =>
    linkedFrom === undefined ? [] : [{ left: linkedFrom[0], right: linkedFrom[1], linked, seq, at }],
  );

const RECONFIGURATIONS: ReadonlySet<string> = new Set([
  "delegate",
  "close",
  "cancel",
  "register-bundle",
  "link-bundles",
  "seed-bundle",
  "upgrade-bundle",
]);

/** Bundles, links, footprints, coherence, delegations and upgrades, as far as they are durable. */
export const readReconfiguration = async (core: HostCore): Promise<ReconfigurationView> => {
  const state = core.workspace.durable.handover;
  const { controller } = state.manager;
  const bundles = [...controller.bundles.values()];
  const catalogue = catalogueBundles(core);
  const violations = coherenceViolations(controller.footprints);
  return {
    head: core.workspace.durable.seq,
    bundles: bundles.map((bundle) => bundleView(state, bundle, catalogue)),
    links: linksOf(state),
    compatibility: pairsOf(bundles),
    footprints: [...controller.footprints].map(([authority, footprint]) => ({
      authority,
      name: nameOf(core, authority),
      footprint: footprintJson(footprint),
    })),
    coherence: {
      coherent: violations.length === 0,
      violations: violations.map((one) => ({
        ...one,
        authorities: [...one.authorities],
        text: violationText(one),
      })),
    },
    delegations: await delegationsOf(core),
    upgrades: [...upgradeViews(state)],
    members: membersOf(core),
    surfaces: transitionSurfaces.map((name) => ({ name, available: hostInventory.get(name) === true })),
    refused: core.workspace.durable.services.refusals
      .filter(({ what }) => RECONFIGURATIONS.has(what))
      .map((one) => ({ ...one }))
      .reverse(),
  };
};
