/** Why the runtime does not admit a launch (spec/aura-runtime.md §3.3, §3.5). */
export type AdmissionError =
  | { readonly code: "PAR8201"; readonly variant: "MissingCapability"; readonly capability: string }
  | {
      readonly code: "PAR8202";
      readonly variant: "MissingTheoremPack";
      readonly theorem_pack: string;
      /** Not declared by the manifest, or without a policy here; a reserved one has none either. */
      readonly why: "undeclared" | "unknown" | "reserved";
    }
  | {
      readonly code: "PAR8203";
      readonly variant: "MissingTheoremPackCapability";
      readonly theorem_pack: string;
      readonly capability: string;
    }
  | { readonly code: "PAR8204"; readonly variant: "InventoryUnavailable"; readonly reason: string }
  | { readonly code: "PAR8205"; readonly variant: "MissingRuntimeContracts" }
  | { readonly code: "PAR8206"; readonly variant: "Internal"; readonly reason: string };

/** An admission error as a sentence. */
export const admissionErrorText = (error: AdmissionError): string => {
  switch (error.variant) {
    case "MissingCapability":
      return `the runtime does not provide ${error.capability}`;
    case "MissingTheoremPack":
      return error.why === "undeclared"
        ? `${error.theorem_pack} is required but not declared`
        : error.why === "reserved"
          ? `${error.theorem_pack} is reserved: no policy admits it`
          : `no policy knows the theorem pack ${error.theorem_pack}`;
    case "MissingTheoremPackCapability":
      return `${error.theorem_pack} needs ${error.capability}, which the runtime does not provide`;
    case "InventoryUnavailable":
      return `what the runtime can do is not known: ${error.reason}`;
    case "MissingRuntimeContracts":
      return "the runtime has no contracts";
    case "Internal":
      return error.reason;
  }
};
