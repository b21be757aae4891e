import type { CeremonyEnded, SessionView, SupersessionReasonJson } from "@parley/wire/http";
import { reasonWords } from "./ceremony-words.ts";

const codes = ["prestate_stale", "newer_request", "explicit_cancel", "timeout"] as const;

const takenWords = (reason: string): string => {
  const code = codes.find((one) => one === reason);
  const known: SupersessionReasonJson | undefined = code && { code };
  return known ? `another took its place, ${reasonWords(known)}` : "another took its place";
};

/** How a ceremony ended without a commit, and by whom where somebody gave it up. */
export const endedWords = ({ reason, by, supersededBy }: CeremonyEnded): string => {
  if (supersededBy !== null) return takenWords(reason);
  if (by === null) return reason;
  return by.kind === "policy" ? reason : `given up by ${by.id}: ${reason}`;
};

/** What the end of its ceremony means for what a session does, or did. */
export const proposalWords = (status: SessionView["status"]): string =>
  `What it ${status === "active" ? "does" : "did"} stays a proposal`;
