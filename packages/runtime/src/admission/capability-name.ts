/** What is wrong with a guard capability (aura-runtime §2.3). */
export type CapabilityNameError =
  | { readonly kind: "InvalidName"; readonly value: string }
  | { readonly kind: "MissingNamespace"; readonly value: string }
  | { readonly kind: "LegacyNamespace"; readonly value: string }
  | { readonly kind: "InvalidModuleCapabilityShape"; readonly value: string }
  | { readonly kind: "UnadmittedModule"; readonly value: string; readonly module: string };

const CHARACTERS = /^[a-z0-9_\-:]+$/;

/**
 * Judges a guard capability for a session of this host, which admits
 * first-party capabilities only: any well-formed `module:` capability names a
 * module that is not admitted.
 */
export const capabilityNameError = (value: string): CapabilityNameError | undefined => {
  if (!CHARACTERS.test(value)) return { kind: "InvalidName", value };
  if (!value.includes(":")) return { kind: "MissingNamespace", value };
  if (value.startsWith("cap:")) return { kind: "LegacyNamespace", value };
  if (!value.startsWith("module:")) return undefined;
  const [, module = "", path = ""] = value.split(":");
  return module === "" || path === ""
    ? { kind: "InvalidModuleCapabilityShape", value }
    : { kind: "UnadmittedModule", value, module };
};
