import { type CeremonyStatus, type PendingMark, type PendingView, pendingMark } from "@parley/runtime/guards";
import type { ContextView, SessionView } from "@parley/wire/http";

export type Category = "A" | "B" | "C";

type Head = Pick<SessionView, "id" | "status" | "stateHash" | "updatedAt" | "ceremony">;

/** How far a C is: as its ceremony, whatever became of the session; without one it never holds. */
const ceremonyState = ({ ceremony, status, stateHash, updatedAt: at }: Head): CeremonyStatus["state"] => {
  const { at: since = at, reason = "", supersededBy } = ceremony?.ended ?? {};
  switch (ceremony?.state) {
    case undefined:
      return status === "active" ? { kind: "Preparing" } : { kind: "Aborted", reason: "no ceremony", at };
    case "Preparing":
    case "PendingEpoch":
      return { kind: "Preparing" };
    case "Committing":
      return { kind: "Committing" };
    case "Committed":
      return { kind: "Committed", consensus: stateHash, at };
    case "Aborted":
      return { kind: "Aborted", reason, at: since };
    case "Superseded":
      return { kind: "Superseded", by: supersededBy ?? "", reason };
  }
};

/** What a session of a category shows while it is under way, by the status views of its category. */
export const pendingOf = (
  category: Category,
  head: Head,
  context: Pick<ContextView, "members" | "converged"> | undefined,
): PendingView => {
  const { id, status, stateHash, updatedAt: at } = head;
  switch (category) {
    case "A": {
      const known = context?.members.length ?? 0;
      const reached = context?.members.filter(({ lacks }) => lacks === 0).length ?? 0;
      const propagation =
        known === 0
          ? ({ kind: "Local" } as const)
          : context?.converged
            ? ({ kind: "Complete" } as const)
            : ({ kind: "Syncing", reached, known } as const);
      return { category, status: { agreement: { kind: "Provisional" }, propagation } };
    }
    case "B": {
      const state =
        status === "active"
          ? ({ kind: "Pending" } as const)
          : status === "completed"
            ? ({ kind: "Approved" } as const)
            : ({ kind: "Rejected", reason: status } as const);
      const approvals = { given: [], refused: [], required: undefined };
      return { category, status: { proposal: id, state, approvals, expiresAt: at } };
    }
    case "C": {
      const ceremony = head.ceremony?.id ?? id;
      return {
        category,
        status: { ceremony, state: ceremonyState(head), responses: [], prestate: stateHash },
      };
    }
  }
};

export const markOf = (view: PendingView): PendingMark => pendingMark(view);

export const markWords: Readonly<Record<PendingMark["mark"], string>> = {
  local: "holds here",
  propagated: "holds, known to all",
  acknowledged: "holds, acknowledged",
  finalized: "final",
  pending: "not applied yet",
  failed: "not applied",
  blocking: "blocking",
};

/** What each category means for whoever waits. */
export const categoryMeaning: Readonly<Record<Category, string>> = {
  A: "Applied at once: each step holds where it is made and then spreads to the other replicas. Nobody waits.",
  B: "Proposed: nothing is applied until those who must approve have. Work may go on meanwhile.",
  C: "A ceremony: nothing holds until it commits, and whoever started it waits. If it ends otherwise, nothing has happened.",
};
