import type { AskAgainRequest, CeremonyView } from "@parley/wire/http";
import { type Ceremony, ceremonyState, TIMED_OUT } from "../../ceremony/index.ts";
import type { Caller } from "../caller.ts";
import { liveSession } from "../commands/inputs.ts";
import type { HostCore } from "../core.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import type { SessionState } from "../session/session-state.ts";
import { sessionStatus } from "../session/session-status.ts";
import { ceremonyCommand } from "./ceremony-command.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";
import { sameAgain } from "./same-again.ts";
import { beginCeremony } from "./start-ceremony.ts";

const sessionRefusal = (state: SessionState): HostError | undefined => {
  const session = state.stream;
  if (state.fork !== undefined)
    return { code: "PAR7502", kind: "fork-forbidden", session, input: "ceremony" };
  const status = sessionStatus(state.machine);
  return status === "active" ? undefined : { code: "PAR7007", kind: "closed-session", session, status };
};

/** The ceremony a session runs for, which must have ended without a commit. */
const endedFor = (core: Pick<HostCore, "workspace">, session: string): Result<Ceremony> => {
  const { bySession, ceremonies } = core.workspace.tentative.ceremonies;
  const ceremony = ceremonies.get(bySession.get(session) ?? "");
  if (ceremony === undefined)
    return refused(ceremonyRefusal({ code: "PAR8515", variant: "NoCeremony", session }));
  const { id, outcome } = ceremony;
  if (outcome !== null && outcome.kind !== "committed") return done(ceremony);
  const state = ceremonyState(ceremony).kind;
  const stands = { variant: "CeremonyStands", ceremony: id, session, state } as const;
  return refused(ceremonyRefusal({ code: "PAR8514", ...stands }));
};

/**
 * Asks again what the ceremony of a session asked, once that one ended without
 * a commit: a new one of the same kind and participants upon what stands now.
 * It takes the old one's place in the record, and the session runs for it.
 */
export const askAgainCommand = (
  core: HostCore,
  caller: Caller,
  session: string,
  request: AskAgainRequest,
): Promise<Result<CeremonyView>> =>
  ceremonyCommand(core, caller, {
    name: "ask-again",
    subject: session,
    request,
    run: async (asked, write) => {
      const live = await liveSession(core, session);
      if (!live.ok) return live;
      const { state } = live.cell;
      const { expectedHead: expected } = request;
      if (expected !== undefined && expected !== state.position)
        return refused({ code: "PAR7002", kind: "stale-head", session, expected, actual: state.position });
      const barred = sessionRefusal(state);
      if (barred !== undefined) return refused(barred);
      const found = endedFor(core, session);
      if (!found.ok) return found;
      const old = found.value;
      const late = old.outcome?.kind === "aborted" && old.outcome.reason === TIMED_OUT;
      return beginCeremony(core, sameAgain(core, old), asked, write, {
        reason: late ? { code: "timeout" } : undefined,
        runtime: { recorded: old.runtime },
        join: {
          session,
          // The key was made meanwhile: somebody may have been quicker, or the session be over.
          refusal: () => {
            const cell = core.sessions.peek(session);
            const over = cell === undefined ? undefined : sessionRefusal(cell.state);
            const now = endedFor(core, session);
            return over ?? (now.ok ? undefined : now.error);
          },
        },
      });
    },
  });
