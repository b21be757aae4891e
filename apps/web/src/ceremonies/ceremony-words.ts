import type { CeremonyCard, CeremonyStateJson, SupersessionReasonJson } from "@parley/wire/http";
import type { IconName } from "../ui/icon.tsx";

interface StateWords {
  readonly label: string;
  /** What it means for those who wait. */
  readonly says: string;
  readonly icon: IconName;
  readonly tone?: "ok" | "warn" | "bad";
}

/** The states of a ceremony in the order of a board, in words. */
export const stateWords: { readonly [state in CeremonyStateJson]: StateWords } = {
  Preparing: { label: "Preparing", says: "asked, nobody has answered yet", icon: "wait" },
  PendingEpoch: { label: "Pending", says: "answers come in", icon: "wait", tone: "warn" },
  Committing: {
    label: "Committing",
    says: "enough agreed, the signature is made",
    icon: "play",
    tone: "warn",
  },
  Committed: { label: "Committed", says: "signed, the new epoch counts", icon: "check", tone: "ok" },
  Aborted: { label: "Aborted", says: "given up, nothing changed", icon: "cross", tone: "bad" },
  Superseded: { label: "Superseded", says: "another took its place", icon: "forward" },
};

export const states = Object.keys(stateWords) as readonly CeremonyStateJson[];

export const isLive = ({ state }: Pick<CeremonyCard, "state">): boolean =>
  state === "Preparing" || state === "PendingEpoch" || state === "Committing";

/** `GuardianRotation` as people say it. */
export const kindWords = (kind: string): string =>
  kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, " ").replace(/^Ota\b/, "OTA");

/** Why one ceremony took the place of another. */
export const reasonWords = (reason: SupersessionReasonJson): string => {
  switch (reason.code) {
    case "prestate_stale":
      return "what it was begun upon has changed";
    case "newer_request":
      return "a newer request for the same";
    case "explicit_cancel":
      return "taken back";
    case "timeout":
      return "its time ran out";
    case "precedence":
      return `${reason.winner} comes first`;
  }
};

/**
 * What is left until a deadline, in words; at the deadline itself it is still open.
 *
 * @example leftWords(83_000) // "1 min 23 s left"
 */
export const leftWords = (ms: number): string => {
  if (ms < 0) return "over";
  const seconds = Math.floor(ms / 1_000);
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  if (hours > 0) return `${hours} h ${minutes} min left`;
  return minutes > 0 ? `${minutes} min ${seconds % 60} s left` : `${seconds} s left`;
};

/** How near a ceremony is: `2 of 2 needed, 3 asked`. */
export const progressWords = ({ accepted, refused, required, total }: CeremonyCard["progress"]): string =>
  `${accepted} of ${required} needed accepted${refused === 0 ? "" : `, ${refused} refused`}; ${total} asked`;
