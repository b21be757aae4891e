import { type CapabilityNameError, capabilityNameError, nameFault } from "./capability-name.ts";

/** First path segments of the first party, which no module may use. */
export const firstPartyRoots = [
  "amp",
  "auth",
  "chat",
  "consensus",
  "dkd",
  "example",
  "invitation",
  "recovery",
  "relay",
  "rendezvous",
  "sync",
] as const;

/** First path segments of the host. */
export const hostRoots = ["read", "write", "execute", "delegate", "moderator", "flow_charge"] as const;

/** Why a module's capabilities cannot be admitted (spec/aura-runtime.md §2.3). */
export type ModuleCapabilityError =
  | { readonly code: "PAR8221"; readonly variant: "InvalidModuleId"; readonly module_id: string }
  | { readonly code: "PAR8222"; readonly variant: "InvalidCapability"; readonly error: CapabilityNameError }
  | {
      readonly code: "PAR8223";
      readonly variant: "ModuleIdMismatch";
      readonly module_id: string;
      readonly value: string;
    }
  | {
      readonly code: "PAR8224";
      readonly variant: "ReservedFirstPartyNamespace";
      readonly value: string;
      readonly root: string;
    }
  | {
      readonly code: "PAR8225";
      readonly variant: "ReservedHostCapabilityRoot";
      readonly value: string;
      readonly root: string;
    };

/** The capabilities one admitted release of a module declares. */
export interface AdmittedModuleGuardCapabilities {
  readonly module_id: string;
  readonly capabilities: ReadonlySet<string>;
}

export type AdmittedModule =
  | { readonly ok: true; readonly module: AdmittedModuleGuardCapabilities }
  | { readonly ok: false; readonly error: ModuleCapabilityError };

const capabilityProblem = (module_id: string, value: string): ModuleCapabilityError | undefined => {
  const fault = capabilityNameError(value, "any-module");
  if (fault !== undefined) return { code: "PAR8222", variant: "InvalidCapability", error: fault };
  const [kind, id, root = ""] = value.split(":");
  if (kind !== "module" || id !== module_id)
    return { code: "PAR8223", variant: "ModuleIdMismatch", module_id, value };
  if (firstPartyRoots.some((one) => one === root))
    return { code: "PAR8224", variant: "ReservedFirstPartyNamespace", value, root };
  if (hostRoots.some((one) => one === root))
    return { code: "PAR8225", variant: "ReservedHostCapabilityRoot", value, root };
  return undefined;
};

/**
 * Describes a module as admitted: its id and every guard capability it
 * declares, each `module:<id>:<path>` under no reserved root. The first fault refuses it.
 *
 * @example admittedModule("notes", ["module:notes:page:send"])
 */
export const admittedModule = (module_id: string, declared: readonly string[]): AdmittedModule => {
  if (nameFault(module_id) || module_id.includes(":"))
    return { ok: false, error: { code: "PAR8221", variant: "InvalidModuleId", module_id } };
  for (const value of declared) {
    const error = capabilityProblem(module_id, value);
    if (error !== undefined) return { ok: false, error };
  }
  return { ok: true, module: { module_id, capabilities: new Set(declared) } };
};
