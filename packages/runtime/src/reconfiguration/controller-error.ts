import { type CoherenceViolation, violationText } from "./coherence.ts";

/** Why the controller refused; nothing changed (spec/aura-runtime.md §12.3). */
export type ControllerError =
  | { readonly code: "PAR8401"; readonly variant: "DuplicateBundle"; readonly bundle: string }
  | { readonly code: "PAR8402"; readonly variant: "BundleNotFound"; readonly bundle: string }
  | {
      readonly code: "PAR8403";
      readonly variant: "IncompatibleInterfaces";
      readonly left: string;
      readonly right: string;
      readonly missing: readonly string[];
    }
  | {
      readonly code: "PAR8404";
      readonly variant: "OverlappingSessions";
      readonly left: string;
      readonly right: string;
      readonly sessions: readonly string[];
    }
  | {
      readonly code: "PAR8405";
      readonly variant: "SessionNotOwned";
      readonly session: string;
      readonly authority: string;
    }
  | {
      readonly code: "PAR8406";
      readonly variant: "CoherenceViolation";
      readonly violations: readonly CoherenceViolation[];
    }
  | {
      readonly code: "PAR8407";
      readonly variant: "InvalidRuntimeUpgrade";
      readonly bundle: string;
      readonly reason: string;
    };

export const controllerErrorText = (error: ControllerError): string => {
  switch (error.variant) {
    case "DuplicateBundle":
      return `there is a bundle ${error.bundle} already`;
    case "BundleNotFound":
      return `there is no bundle ${error.bundle}`;
    case "IncompatibleInterfaces":
      return `${error.left} and ${error.right} do not fit: nobody exports ${error.missing.join(", ")}`;
    case "OverlappingSessions":
      return `${error.left} and ${error.right} both hold ${error.sessions.join(", ")}`;
    case "SessionNotOwned":
      return `${error.authority} has nothing to do with session ${error.session}`;
    case "CoherenceViolation":
      return error.violations.map(violationText).join("; ");
    case "InvalidRuntimeUpgrade":
      return `the upgrade of ${error.bundle} is not valid: ${error.reason}`;
  }
};
