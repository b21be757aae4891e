import { ceremonyKinds, participantKey, TIMED_OUT } from "@parley/runtime/derived";
import type { CeremonyInput, StoredEntry } from "@parley/wire";
import type { DerivedChange } from "./derived-change.ts";
import type { DerivedLook } from "./derived-look.ts";
import type { DerivedRow } from "./derived-tables.ts";

type Ending = Pick<DerivedRow<"ceremonies">, "status" | "reason" | "successor">;

const ended = ({ entry, commit }: StoredEntry, id: string, ending: Partial<Ending>): DerivedChange => ({
  op: "patch",
  table: "ceremonies",
  key: { id },
  set: { ...ending, ended: entry.at, commit },
});

const started = (
  { entry, commit }: StoredEntry,
  { request }: Extract<CeremonyInput, { readonly kind: "ceremony.started" }>,
): readonly DerivedChange[] => {
  const { id, kind, context, initiator, threshold, prestate, operation, pendingEpoch, title } = request;
  const row = {
    id,
    kind,
    context,
    initiator,
    threshold,
    participants: request.participants.length,
    prestate,
    operation,
    pendingEpoch,
    title: title ?? null,
    status: "open" as const,
    started: entry.at,
    deadline: entry.at + ceremonyKinds[kind].timeout,
    commit,
  };
  return [{ op: "put", table: "ceremonies", row, update: [] }];
};

/** What an entry about ceremonies changes; what was refused is no entry. */
export const deriveCeremony = (
  stored: StoredEntry,
  input: CeremonyInput,
  look: DerivedLook,
): readonly DerivedChange[] => {
  const { entry, commit } = stored;
  const standing = (id: string) => look("ceremonies", { id })[0]?.status;
  switch (input.kind) {
    case "ceremony.started":
      return started(stored, input);
    case "ceremony.prepared":
      return [];
    case "ceremony.answered": {
      const { ceremony, accept, reason = null } = input;
      const participant = participantKey(input.participant);
      const row = { ceremony, participant, accept: Number(accept), reason, at: entry.at, commit };
      return [{ op: "put", table: "ceremony_answers", row, update: [] }];
    }
    case "ceremony.committed":
      return standing(input.ceremony) === "open"
        ? [ended(stored, input.ceremony, { status: "committed" })]
        : [];
    case "ceremony.aborted":
      return standing(input.ceremony) === "open"
        ? [ended(stored, input.ceremony, { status: "aborted", reason: input.reason })]
        : [];
    case "ceremony.superseded": {
      const before = standing(input.ceremony);
      if (before === "committed" || before === "superseded") return [];
      const ending = { status: "superseded" as const, reason: input.reason.code, successor: input.by };
      return [ended(stored, input.ceremony, ending)];
    }
    case "ceremony.swept":
      return look("ceremonies", { status: "open" })
        .filter(({ deadline }) => entry.at > deadline)
        .map(({ id }) => ended(stored, id, { status: "aborted", reason: TIMED_OUT }));
    case "ceremony.joined": {
      const { session, ceremony } = input;
      return [{ op: "put", table: "ceremony_sessions", row: { session, ceremony, commit } }];
    }
  }
};
