import {
  type BoundaryError,
  boundaryErrorText,
  type FragmentError,
  fragmentErrorText,
  type OwnerError,
  ownerErrorText,
} from "../ownership/index.ts";
import { type CoherenceViolation, violationText } from "./coherence.ts";
import { type ControllerError, controllerErrorText } from "./controller-error.ts";

/** Why the reconfiguration manager refused (spec/aura-runtime.md §12.4); nothing changed but the audit. */
export type ReconfigurationManagerError =
  | {
      readonly code: "PAR8411";
      readonly variant: "MissingCapability";
      readonly operation: string;
      readonly surfaces: readonly string[];
      readonly message: string;
    }
  | { readonly code: "PAR8412"; readonly variant: "RegisterBundle"; readonly source: ControllerError }
  | {
      readonly code: "PAR8413";
      readonly variant: "LinkBundles";
      readonly left: string;
      readonly right: string;
      readonly linked: string;
      readonly source: ControllerError;
    }
  | { readonly code: "PAR8414"; readonly variant: "DelegationTimestamp"; readonly message: string }
  | { readonly code: "PAR8415"; readonly variant: "BundleNotRegistered"; readonly bundle_id: string }
  | { readonly code: "PAR8416"; readonly variant: "InvalidLinkBoundary"; readonly source: BoundaryError }
  | { readonly code: "PAR8417"; readonly variant: "DelegateSession"; readonly source: ControllerError }
  | { readonly code: "PAR8418"; readonly variant: "RuntimeUpgrade"; readonly source: ControllerError }
  | { readonly code: "PAR8419"; readonly variant: "PersistDelegationFact"; readonly message: string }
  | {
      readonly code: "PAR8420";
      readonly variant: "CoherenceViolation";
      readonly violations: readonly CoherenceViolation[];
    };

/** Why the owner of a live session could not be changed. */
export type OwnerTransferError = OwnerError | FragmentError | BoundaryError;

/** Why a live session could not be handed over (spec/aura-runtime.md §12.6). */
export type ActiveSessionDelegationError =
  | {
      readonly code: "PAR8431";
      readonly variant: "SessionMismatch";
      readonly active_session_id: string;
      readonly transfer_session_id: string;
    }
  | { readonly code: "PAR8432"; readonly variant: "OwnerTransfer"; readonly source: OwnerTransferError }
  | {
      readonly code: "PAR8433";
      readonly variant: "Reconfiguration";
      readonly source: ReconfigurationManagerError;
    }
  | {
      readonly code: "PAR8434";
      readonly variant: "RollbackFailed";
      readonly source: ReconfigurationManagerError;
      readonly rollback: string;
    };

export const managerErrorText = (error: ReconfigurationManagerError): string => {
  switch (error.variant) {
    case "MissingCapability":
    case "DelegationTimestamp":
    case "PersistDelegationFact":
      return error.message;
    case "RegisterBundle":
    case "LinkBundles":
    case "DelegateSession":
    case "RuntimeUpgrade":
      return controllerErrorText(error.source);
    case "BundleNotRegistered":
      return `bundle ${error.bundle_id} is not registered`;
    case "InvalidLinkBoundary":
      return boundaryErrorText(error.source);
    case "CoherenceViolation":
      return error.violations.map(violationText).join("; ");
  }
};

const ownerTransferText = (error: OwnerTransferError): string => {
  switch (error.code) {
    case "PAR8301":
    case "PAR8302":
    case "PAR8303":
    case "PAR8304":
    case "PAR8305":
      return ownerErrorText(error);
    case "PAR8311":
    case "PAR8312":
    case "PAR8313":
      return fragmentErrorText(error);
    default:
      return boundaryErrorText(error);
  }
};

export const activeDelegationErrorText = (error: ActiveSessionDelegationError): string => {
  switch (error.variant) {
    case "SessionMismatch":
      return `the transfer is of session ${error.transfer_session_id}, the live one is ${error.active_session_id}`;
    case "OwnerTransfer":
      return ownerTransferText(error.source);
    case "Reconfiguration":
      return managerErrorText(error.source);
    case "RollbackFailed":
      return `${managerErrorText(error.source)}; and the owner could not be put back: ${error.rollback}`;
  }
};
