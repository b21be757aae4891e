import type { HostErrorText } from "./host-error-text.ts";

/** Everything commands about migrations, compositions and what is tried again are refused with. What is refused changed nothing. */
export type ServicesError =
  | {
      readonly code: "PAR8701";
      readonly kind: "no-migration-path";
      readonly subject: string;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly code: "PAR8704";
      readonly kind: "migration-running";
      readonly subject: string;
      readonly from: number;
      readonly to: number;
    }
  | {
      readonly code: "PAR8706";
      readonly kind: "migration-not-needed";
      readonly subject: string;
      readonly version: number;
    }
  | {
      readonly code: "PAR8803";
      readonly kind: "breaker-open";
      readonly requester: string;
      readonly responder: string;
      /** When a probe is let through, ms; absent while probes are on their way. */
      readonly until?: number;
    }
  | { readonly code: "PAR8811"; readonly kind: "duplicate-phase"; readonly phase: string }
  | {
      readonly code: "PAR8812";
      readonly kind: "unknown-result";
      readonly phase: string;
      readonly uses: string;
    }
  | { readonly code: "PAR8813"; readonly kind: "empty-composition"; readonly composition: string }
  | {
      readonly code: "PAR8814";
      readonly kind: "composition-ended";
      readonly composition: string;
      readonly status: string;
    };

export const servicesErrorText: { readonly [kind in ServicesError["kind"]]: HostErrorText } = {
  "no-migration-path": {
    title: "No migrations lead there",
    hint: "Each begins where the last ends; one is missing.",
  },
  "migration-running": { title: "A migration is under way", hint: "Wait for it, or resume it." },
  "migration-not-needed": {
    title: "There is nothing to migrate",
    hint: "The facts are read and written at this version already.",
  },
  "breaker-open": {
    title: "The breaker is open",
    hint: "Heal the partition, then wait until a probe is let through.",
  },
  "duplicate-phase": { title: "Two phases have one name", hint: "Their results are told apart by it." },
  "unknown-result": {
    title: "A phase uses what does not come before it",
    hint: "Phases beside each other have no results of one another.",
  },
  "empty-composition": { title: "The composition has no phase", hint: "Add one." },
  "composition-ended": { title: "The composition has ended", hint: "Start it anew." },
};

/** What happened in this case, in one sentence. */
export const servicesErrorDetail = (error: ServicesError): string => {
  switch (error.kind) {
    case "no-migration-path":
      return `No migrations of ${error.subject} lead from version ${error.from} to ${error.to}.`;
    case "migration-running":
      return `A migration of ${error.subject} from version ${error.from} to ${error.to} is under way.`;
    case "migration-not-needed":
      return `${error.subject} is at version ${error.version}.`;
    case "breaker-open":
      return error.until === undefined
        ? `${error.requester} and ${error.responder} are being probed.`
        : `${error.requester} and ${error.responder} failed too often; a probe is let through at ${error.until}.`;
    case "duplicate-phase":
      return `There are two phases ${error.phase}.`;
    case "unknown-result":
      return `${error.phase} uses ${error.uses}, which does not come before it.`;
    case "empty-composition":
      return `${error.composition} has no phase.`;
    case "composition-ended":
      return `${error.composition} is ${error.status}.`;
  }
};

/** Whether an error is one of services. */
export const isServicesError = (error: { readonly kind: string }): error is ServicesError =>
  Object.hasOwn(servicesErrorText, error.kind);
