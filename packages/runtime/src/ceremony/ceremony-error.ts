/** Why a ceremony refused; nothing changed but the audit. */
export type CeremonyError =
  | { readonly code: "PAR8501"; readonly variant: "UnknownCeremony"; readonly ceremony: string }
  | { readonly code: "PAR8502"; readonly variant: "DuplicateCeremony"; readonly ceremony: string }
  | {
      readonly code: "PAR8503";
      readonly variant: "InvalidParticipants";
      readonly threshold: number;
      readonly participants: number;
      readonly reason: string;
    }
  | {
      readonly code: "PAR8504";
      readonly variant: "NotParticipant";
      readonly ceremony: string;
      readonly participant: string;
    }
  | {
      readonly code: "PAR8505";
      readonly variant: "SourceMismatch";
      readonly ceremony: string;
      readonly participant: string;
    }
  | {
      readonly code: "PAR8506";
      readonly variant: "CeremonyEnded";
      readonly ceremony: string;
      readonly state: string;
    }
  | {
      readonly code: "PAR8507";
      readonly variant: "TimedOut";
      readonly ceremony: string;
      readonly deadline: number;
      readonly at: number;
    }
  | {
      readonly code: "PAR8508";
      readonly variant: "AnsweredOtherwise";
      readonly ceremony: string;
      readonly participant: string;
      readonly first: string;
    }
  | {
      readonly code: "PAR8509";
      readonly variant: "ThresholdNotMet";
      readonly ceremony: string;
      readonly required: number;
      readonly given: number;
    }
  | {
      readonly code: "PAR8510";
      readonly variant: "PrestateMoved";
      readonly ceremony: string;
      readonly expected: string;
      readonly actual: string;
    }
  | {
      readonly code: "PAR8511";
      readonly variant: "PrestateUsed";
      readonly ceremony: string;
      readonly by: string;
    }
  | { readonly code: "PAR8512"; readonly variant: "SupersedesItself"; readonly ceremony: string }
  | {
      readonly code: "PAR8513";
      readonly variant: "OperationMismatch";
      readonly ceremony: string;
      readonly expected: string;
      readonly actual: string;
    }
  | {
      readonly code: "PAR8514";
      readonly variant: "CeremonyStands";
      readonly ceremony: string;
      readonly session: string;
      /** Live, or committed. */
      readonly state: string;
    }
  | { readonly code: "PAR8515"; readonly variant: "NoCeremony"; readonly session: string };

export const ceremonyErrorText = (error: CeremonyError): string => {
  switch (error.variant) {
    case "UnknownCeremony":
      return `there is no ceremony ${error.ceremony}`;
    case "DuplicateCeremony":
      return `there is a ceremony ${error.ceremony} already`;
    case "InvalidParticipants":
      return `${error.threshold} of ${error.participants} cannot be: ${error.reason}`;
    case "NotParticipant":
      return `${error.participant} does not take part in ${error.ceremony}`;
    case "SourceMismatch":
      return `verified ingress source does not match ceremony participant ${error.participant}`;
    case "CeremonyEnded":
      return `ceremony ${error.ceremony} is ${error.state}`;
    case "TimedOut":
      return `ceremony ${error.ceremony} was open until ${error.deadline}; it is ${error.at}`;
    case "AnsweredOtherwise":
      return `${error.participant} has answered ${error.first} already; a second, different answer counts for nothing`;
    case "ThresholdNotMet":
      return `${error.given} of the ${error.required} that are needed have accepted`;
    case "PrestateMoved":
      return `the ceremony was begun upon ${error.expected}; it is ${error.actual} now`;
    case "PrestateUsed":
      return `${error.by} has committed upon the same prestate`;
    case "SupersedesItself":
      return `ceremony ${error.ceremony} cannot take its own place`;
    case "OperationMismatch":
      return `the answer is about ${error.actual}; the ceremony is about ${error.expected}`;
    case "CeremonyStands":
      return `ceremony ${error.ceremony} of session ${error.session} is ${error.state}`;
    case "NoCeremony":
      return `session ${error.session} runs for no ceremony`;
  }
};
