import type { AdmittedModuleGuardCapabilities } from "./module-capabilities.ts";

/** What is wrong with a guard capability (spec/aura-runtime.md §2.3). */
export type CapabilityNameError =
  | { readonly kind: "InvalidName"; readonly value: string }
  | { readonly kind: "MissingNamespace"; readonly value: string }
  | { readonly kind: "LegacyNamespace"; readonly value: string }
  | { readonly kind: "InvalidModuleCapabilityShape"; readonly value: string }
  | { readonly kind: "UnadmittedModule"; readonly value: string; readonly module: string }
  | { readonly kind: "UndeclaredModuleCapability"; readonly value: string; readonly module: string };

const CHARACTERS = /^[a-z0-9_\-:]+$/;

/** Whether a text is no capability name: empty, or with other characters than `a-z 0-9 _ - :`. */
export const nameFault = (value: string): boolean => !CHARACTERS.test(value);

/**
 * Judges a guard capability. By default only the first party's are admitted,
 * as everywhere a session opens: any well-formed `module:` capability then
 * names a module that is not. With admitted modules it must be one of theirs;
 * `any-module` judges the shape alone.
 */
export const capabilityNameError = (
  value: string,
  modules: readonly AdmittedModuleGuardCapabilities[] | "any-module" = [],
): CapabilityNameError | undefined => {
  if (nameFault(value)) return { kind: "InvalidName", value };
  if (!value.includes(":")) return { kind: "MissingNamespace", value };
  if (value.startsWith("cap:")) return { kind: "LegacyNamespace", value };
  if (!value.startsWith("module:")) return undefined;
  const [, module = "", path = ""] = value.split(":");
  if (module === "" || path === "") return { kind: "InvalidModuleCapabilityShape", value };
  if (modules === "any-module") return undefined;
  const admitted = modules.find(({ module_id }) => module_id === module);
  if (admitted === undefined) return { kind: "UnadmittedModule", value, module };
  return admitted.capabilities.has(value) ? undefined : { kind: "UndeclaredModuleCapability", value, module };
};
