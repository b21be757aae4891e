import type { UnitBook } from "../authority/unit-book.ts";
import type { HostCore } from "../core.ts";
import type { SessionState, SessionStatusName } from "../session/session-state.ts";
import { sessionStatus } from "../session/session-status.ts";

/** A crash may be mended: who owned the session owns it still. */
export const ENDED: ReadonlySet<SessionStatusName> = new Set(["completed", "cancelled", "closed"]);

/** Gives up the owner of a session that was handed over and has just ended, with the entry that ended it. */
export const tellReleased = (
  core: Pick<HostCore, "workspace">,
  state: SessionState,
  book: UnitBook,
): void => {
  const { stream: session, position } = state;
  if (state.fork !== undefined || !ENDED.has(sessionStatus(state.machine))) return;
  const { owners } = core.workspace.tentative.handover;
  if (owners.records.has(session) || book.tells("session.delegated"))
    book.tell({ kind: "owner.released", session, position });
};
