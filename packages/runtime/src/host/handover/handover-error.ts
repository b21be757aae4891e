import type { HandoffStage } from "@parley/wire";
import { type BoundaryError, boundaryErrorText } from "../../ownership/index.ts";
import {
  type ActiveSessionDelegationError,
  activeDelegationErrorText,
  type ControllerError,
  managerErrorText,
  type ReconfigurationManagerError,
} from "../../reconfiguration/index.ts";
import type { OwnerTransferError } from "../../reconfiguration/manager-error.ts";
import type { HostErrorText } from "../host-error-text.ts";

type Cause =
  | ActiveSessionDelegationError
  | ReconfigurationManagerError
  | OwnerTransferError
  | ControllerError
  | BoundaryError;

/** Codes of what stops a handoff or a change of bundles; `docs/errors.md` has a section for each. */
export type HandoverCode = Cause["code"];

/** Everything handoffs and changes of bundles are refused with; but for the audit, what is refused changed nothing. */
export type HandoverError =
  | {
      /** That of the innermost error: what has to be mended. */
      readonly code: HandoverCode;
      readonly kind: "handoff-refused";
      readonly session: string;
      /** Names of the errors, outermost first: `OwnerTransfer.CapabilityMismatch`. */
      readonly variant: string;
      readonly error: ActiveSessionDelegationError;
      /** The stage at which it was made to fail, where that was asked for. */
      readonly injected?: HandoffStage;
    }
  | {
      readonly code: HandoverCode;
      readonly kind: "owner-refused";
      readonly session: string;
      /** The input that needs another owner. */
      readonly input: string;
      readonly variant: string;
      readonly error: BoundaryError;
    }
  | {
      readonly code: HandoverCode;
      readonly kind: "reconfiguration-refused";
      readonly variant: string;
      readonly error: ReconfigurationManagerError;
    };

/** The errors from the outermost to the one that says what is wrong. */
const chainOf = (error: Cause): readonly Cause[] => {
  if ("source" in error) return [error, ...chainOf(error.source)];
  return "cause" in error ? [error, error.cause] : [error];
};

/** Code and names of an error: the innermost code, and every name on the way to it. */
export const namesOf = (error: Cause): { readonly code: HandoverCode; readonly variant: string } => {
  const chain = chainOf(error);
  return { code: chain.at(-1)?.code ?? error.code, variant: chain.map(({ variant }) => variant).join(".") };
};

export const handoffRefused = (
  session: string,
  error: ActiveSessionDelegationError,
  injected?: HandoffStage,
): HandoverError => ({
  kind: "handoff-refused",
  ...namesOf(error),
  session,
  error,
  ...(injected === undefined ? {} : { injected }),
});

export const ownerRefused = (session: string, input: string, error: BoundaryError): HandoverError => ({
  kind: "owner-refused",
  ...namesOf(error),
  session,
  input,
  error,
});

export const reconfigurationRefused = (error: ReconfigurationManagerError): HandoverError => ({
  kind: "reconfiguration-refused",
  ...namesOf(error),
  error,
});

/** The words of each kind. */
export const handoverErrorText: { readonly [kind in HandoverError["kind"]]: HostErrorText } = {
  "handoff-refused": {
    title: "The session was not handed over",
    hint: "Owner, generation, scope, fragments and footprints are as they were; the error names what stands against it.",
  },
  "owner-refused": {
    title: "The owner of the session may not do that",
    hint: "An owner of fragments speaks for these alone; let the session be handed back whole first.",
  },
  "reconfiguration-refused": {
    title: "The bundles stay as they are",
    hint: "The error names what stands against it.",
  },
};

/** What happened in this case, in one sentence. */
export const handoverErrorDetail = (error: HandoverError): string => {
  const text = ((): string => {
    switch (error.kind) {
      case "handoff-refused":
        return activeDelegationErrorText(error.error);
      case "owner-refused":
        return `${error.input}: ${boundaryErrorText(error.error)}`;
      case "reconfiguration-refused":
        return managerErrorText(error.error);
    }
  })();
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}.`.replace(/\.\.$/, ".");
  return error.kind === "handoff-refused" && error.injected !== undefined
    ? `${sentence} It was made to fail at its ${error.injected}, as asked.`
    : sentence;
};

/** Whether an error is one of handovers. */
export const isHandoverError = (error: { readonly kind: string }): error is HandoverError =>
  Object.hasOwn(handoverErrorText, error.kind);
