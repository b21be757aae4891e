import type { DeclaredFactType, Hash, PinnedImport, WorkspaceInput } from "@parley/wire";
import type { OperationCategory } from "../../guards/categories/operation-category.ts";
import { type CeremonyRecords, foldCeremony, noCeremonyRecords } from "./ceremony-records.ts";
import { GrowingMap } from "./growing-map.ts";
import { foldHandover, type HandoverState, noHandovers } from "./handover-records.ts";
import { foldProfile, type ProfileRecords } from "./profile-records.ts";
import { foldScenario, type ScenarioRecords } from "./scenario-records.ts";
import { foldServices, noServices, type ServicesRecords } from "./services-records.ts";
import { emptyBase, type StreamBase } from "./stream-state.ts";

export interface ProtocolVersion {
  readonly version: Hash;
  readonly label: string | null;
  readonly source: string;
  readonly at: number;
  /** Every module it reaches, as it was when this was saved. */
  readonly imports: readonly PinnedImport[];
}

/** What findings count in the studio, by code. */
export type FindingSeverities = Extract<
  WorkspaceInput,
  { readonly kind: "workspace.configured" }
>["severities"];

export interface ProtocolRecord {
  readonly id: string;
  readonly name: string;
  readonly namespace: string | null;
  readonly origin: "catalogue" | "mine";
  readonly hidden: boolean;
  /** Oldest first. */
  readonly versions: readonly ProtocolVersion[];
  readonly updatedAt: number;
  /** Picked in the studio, for one whose page declares none. */
  readonly category?: OperationCategory | undefined;
}

export interface SessionRecord {
  readonly id: string;
  readonly protocol: string;
  readonly version: Hash;
  readonly parent: { readonly id: string; readonly at: number } | null;
  readonly createdAt: number;
}

/** A user protocol as admission knows it (design §7): computed budget, class and policy. */
export interface RegistryRecord {
  readonly protocolId: string;
  readonly class: string;
  readonly budget: number;
  readonly policy: string;
}

/** The fold of the workspace stream. Maps never change, a new version takes their place, and they keep the order of creation. */
export interface WorkspaceState extends StreamBase {
  readonly seed: string;
  readonly protocols: ReadonlyMap<string, ProtocolRecord>;
  readonly sessions: GrowingMap<SessionRecord>;
  readonly registry: ReadonlyMap<string, RegistryRecord>;
  readonly severities: FindingSeverities;
  readonly scenarios: ScenarioRecords;
  readonly profiles: ProfileRecords;
  /** Types of fact declared here, by id. */
  readonly factTypes: ReadonlyMap<string, DeclaredFactType>;
  /** Who owns what was handed over, bundles, footprints, upgrades. */
  readonly handover: HandoverState;
  readonly ceremonies: CeremonyRecords;
  readonly services: ServicesRecords;
}

export const emptyWorkspace = (stream: string): WorkspaceState => ({
  ...emptyBase(stream),
  seed: "",
  protocols: new Map(),
  sessions: GrowingMap.empty(),
  registry: new Map(),
  severities: {},
  scenarios: new Map(),
  profiles: new Map(),
  factTypes: new Map(),
  handover: noHandovers,
  ceremonies: noCeremonyRecords,
  services: noServices,
});

const changeProtocol = (
  state: WorkspaceState,
  id: string,
  at: number,
  change: (record: ProtocolRecord) => Partial<ProtocolRecord>,
): WorkspaceState => {
  const record = state.protocols.get(id);
  if (record === undefined) return state;
  const protocols = new Map(state.protocols).set(id, { ...record, updatedAt: at, ...change(record) });
  return { ...state, protocols };
};

/** One step of the fold; an input about something unknown changes nothing. */
export const foldWorkspace = (state: WorkspaceState, input: WorkspaceInput, at: number): WorkspaceState => {
  switch (input.kind) {
    case "workspace.created":
      return { ...state, seed: input.seed };
    case "workspace.configured":
      return { ...state, severities: input.severities };
    case "protocol.created": {
      const record: ProtocolRecord = {
        id: input.id,
        name: input.name,
        namespace: input.namespace ?? null,
        origin: input.origin,
        hidden: false,
        versions: [],
        updatedAt: at,
      };
      return { ...state, protocols: new Map(state.protocols).set(input.id, record) };
    }
    case "protocol.renamed":
      return changeProtocol(state, input.id, at, () => ({ name: input.name }));
    case "protocol.categorised":
      return changeProtocol(state, input.id, at, () => ({ category: input.category }));
    case "protocol.hidden":
      return changeProtocol(state, input.id, at, () => ({ hidden: true }));
    case "protocol.restored":
      return changeProtocol(state, input.id, at, () => ({ hidden: false }));
    case "protocol.versioned": {
      const { version, source, label, imports = [] } = input;
      return changeProtocol(state, input.id, at, (record) => ({
        versions: [...record.versions, { version, source, label: label ?? null, at, imports }],
      }));
    }
    case "session.registered": {
      const parent = input.parent === undefined ? null : { id: input.parent, at: input.at ?? 0 };
      const { id, protocol, version } = input;
      const record: SessionRecord = { id, protocol, version, parent, createdAt: at };
      return { ...state, sessions: state.sessions.with(id, record) };
    }
    case "scenario.saved":
    case "scenario.deleted":
    case "scenario.restored":
      return { ...state, scenarios: foldScenario(state.scenarios, input, at) };
    case "session.delegated":
    case "owner.released":
    case "bundle.registered":
    case "bundles.linked":
    case "upgrade.seeded":
    case "upgrade.executed":
      return { ...state, handover: foldHandover(state.handover, input, { seq: state.seq + 1, at }) };
    case "ceremony.started":
    case "ceremony.prepared":
    case "ceremony.answered":
    case "ceremony.committed":
    case "ceremony.aborted":
    case "ceremony.superseded":
    case "ceremony.swept":
    case "ceremony.joined":
      return { ...state, ceremonies: foldCeremony(state.ceremonies, input, at) };
    case "composition.started":
    case "composition.stepped":
    case "migration.stepped":
    case "audit.refused":
      return { ...state, services: foldServices(state.services, input, at) };
    case "factType.declared":
      return {
        ...state,
        factTypes: new Map(state.factTypes).set(input.definition.type, input.definition),
      };
    case "profile.saved":
    case "profile.deleted":
      return { ...state, profiles: foldProfile(state.profiles, input, at) };
    case "protocol.registered": {
      const { protocolId, class: className, budget, policy } = input;
      const record = { protocolId, class: className, budget, policy };
      return { ...state, registry: new Map(state.registry).set(protocolId, record) };
    }
  }
};
