/** Why an owner was refused (spec/aura-runtime.md §10.2). `variant` is the source's name. */
export type OwnerError =
  | { readonly code: "PAR8301"; readonly variant: "MissingOwner"; readonly session: string }
  | {
      readonly code: "PAR8302";
      readonly variant: "OwnerConflict";
      readonly session: string;
      readonly existing: string;
      readonly requested: string;
    }
  | {
      readonly code: "PAR8303";
      readonly variant: "OwnerMismatch";
      readonly session: string;
      readonly owner: string;
      readonly presented: string;
    }
  | {
      readonly code: "PAR8304";
      readonly variant: "CapabilitySessionMismatch";
      readonly session: string;
      readonly presented: string;
    }
  | {
      readonly code: "PAR8305";
      readonly variant: "CapabilityMismatch";
      readonly session: string;
      /** The generation that counts now. */
      readonly current: number;
      readonly presented: number;
      readonly scope: string;
    };

/** One sentence: what, where, why. */
export const ownerErrorText = (error: OwnerError): string => {
  switch (error.variant) {
    case "MissingOwner":
      return `session ${error.session} has no owner`;
    case "OwnerConflict":
      return `session ${error.session} belongs to ${error.existing}; ${error.requested} cannot claim it`;
    case "OwnerMismatch":
      return `session ${error.session} belongs to ${error.owner}, not to ${error.presented}`;
    case "CapabilitySessionMismatch":
      return `the capability is for session ${error.presented}, not for ${error.session}`;
    case "CapabilityMismatch":
      return `the capability of generation ${error.presented} is stale: session ${error.session} is at generation ${error.current}, scope ${error.scope}`;
  }
};
