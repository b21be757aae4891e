import type { AnswerSource, Participant } from "@parley/wire";

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

/** A device answers for itself; a guardian or member by its authority. */
export const sourceMatches = (participant: Participant, source: AnswerSource): boolean =>
  participant.kind === "device"
    ? source.kind === "device" && source.device === participant.device
    : source.kind === "authority" && source.authority === participant.authority;
