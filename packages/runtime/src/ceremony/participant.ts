/** Who takes part in a ceremony. */
export type Participant =
  | { readonly kind: "device"; readonly device: string }
  | { readonly kind: "guardian"; readonly authority: string }
  | { readonly kind: "member"; readonly group: string; readonly authority: string };

/** Names a participant within a ceremony. */
export const participantKey = (participant: Participant): string => {
  switch (participant.kind) {
    case "device":
      return `device:${participant.device}`;
    case "guardian":
      return `guardian:${participant.authority}`;
    case "member":
      return `member:${participant.group}:${participant.authority}`;
  }
};

/** Where an answer verifiably came from. */
export type AnswerSource =
  | { readonly kind: "device"; readonly device: string }
  | { readonly kind: "authority"; readonly authority: string };

/** A device answers for itself; a guardian or member by its authority. */
export const sourceMatches = (participant: Participant, source: AnswerSource): boolean =>
  participant.kind === "device"
    ? source.kind === "device" && source.device === participant.device
    : source.kind === "authority" && source.authority === participant.authority;
