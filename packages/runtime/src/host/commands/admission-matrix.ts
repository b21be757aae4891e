import { sampleBindings } from "@parley/core";
import type { AdmissionMatrix, AdmissionMatrixRequest } from "@parley/wire/http";
import { admissionRules } from "../../admission/admit.ts";
import type { CapabilityInventory } from "../../admission/capability-inventory.ts";
import { inventoryOfProfile } from "../../admission/runtime-profile.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { hostErrorDetail } from "../host-error-detail.ts";
import type { Numbers } from "../protocols/bind-source.ts";
import type { ProtocolRecord, ProtocolVersion } from "../streams/workspace-state.ts";
import { prepareSession } from "./prepare-session.ts";
import { findProfile, keysRefusal } from "./profile-commands.ts";

type Row = AdmissionMatrix["rows"][number];

/** Numbers a version is judged with: those of its scenario, else the smallest that fit. */
export const numbersFor = (core: HostCore, protocol: string, version: ProtocolVersion): Numbers => {
  const { kernel } = core.analyses.of(version.source, version.imports);
  const shipped = core.catalogue.get(protocol)?.scenario;
  if (kernel === undefined) return { families: {}, names: {} };
  const open = kernel.roles.some(({ size }) => typeof size === "string") || kernel.parameters.length > 0;
  if (!open) return { families: {}, names: {} };
  if (shipped) return { families: shipped.families, names: shipped.names };
  return sampleBindings(kernel).at(-1) ?? { families: {}, names: {} };
};

const rowOf = (core: HostCore, record: ProtocolRecord, inventory: CapabilityInventory): Row => {
  const latest = record.versions.at(-1);
  const about = {
    protocol: record.id,
    name: record.name,
    namespace: record.namespace,
    origin: record.origin,
    version: latest?.version ?? null,
  };
  const unjudged = (why: string): Row => ({
    ...about,
    protocolId: null,
    admitted: false,
    unjudged: why,
    cells: [],
  });
  if (latest === undefined) return unjudged("There is no saved version.");
  const { families, names } = numbersFor(core, record.id, latest);
  const request = {
    protocol: record.id,
    version: latest.version,
    families: { ...families },
    names: { ...names },
  };
  const ready = prepareSession(core, request, inventory);
  if (!ready.ok) return unjudged(hostErrorDetail(ready.error));
  const { admission } = ready.value;
  return {
    ...about,
    protocolId: String(admission.manifest.protocol_id),
    admitted: admission.admitted,
    unjudged: null,
    cells: admission.rules.map(({ rule, outcome, reason, needs }) => ({
      rule,
      outcome,
      reason: reason ?? null,
      needs: needs ?? null,
    })),
  };
};

/** The inventory a matrix is asked about. */
const inventoryAsked = (core: HostCore, request: AdmissionMatrixRequest): Result<CapabilityInventory> => {
  if ("runtime" in request) {
    const found = findProfile(core.workspace.durable.profiles, request.runtime);
    return found.ok ? done(inventoryOfProfile(found.value)) : found;
  }
  const strange = keysRefusal(request.keys);
  return strange === undefined ? done(inventoryOfProfile({ name: "", ...request })) : refused(strange);
};

/**
 * What one runtime admits and refuses: every rule of the admission, asked of
 * the latest version of every protocol that is shown. Nothing is written.
 */
export const admissionMatrix = (core: HostCore, request: AdmissionMatrixRequest): Result<AdmissionMatrix> => {
  const inventory = inventoryAsked(core, request);
  if (!inventory.ok) return inventory;
  const shown = [...core.workspace.durable.protocols.values()].filter(({ hidden }) => !hidden);
  return done({
    rules: admissionRules.map(({ rule, title, source }) => ({ rule, title, source })),
    rows: shown.map((record) => rowOf(core, record, inventory.value)),
  });
};
