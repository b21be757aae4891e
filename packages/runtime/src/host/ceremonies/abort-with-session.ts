import type { SessionInput } from "@parley/wire";
import type { Ceremony } from "../../ceremony/index.ts";
import type { UnitBook } from "../authority/unit-book.ts";
import type { HostCore } from "../core.ts";
import type { Asked } from "../ledger/append.ts";
import type { UnitPart } from "../ledger/unit.ts";
import type { SessionState, SessionStatusName } from "../session/session-state.ts";
import { sessionStatus } from "../session/session-status.ts";
import { ceremonyStep } from "../streams/ceremony-records.ts";
import { contextOf } from "../streams/context-state.ts";
import { ceremonyFact } from "./ceremony-facts.ts";
import { workspaceTime } from "./ceremony-unit.ts";
import { forgetEnded } from "./ended-ceremony.ts";
import { rollbackInputs } from "./plan-start.ts";

/** Ends in which a session leaves nothing that a ceremony could commit. */
const GIVEN_UP: ReadonlySet<SessionStatusName> = new Set(["cancelled", "closed", "faulted"]);

/** The live ceremony that was begun for this very session; one it only joined is other people's too. */
const ownCeremony = (core: Pick<HostCore, "workspace">, session: string): Ceremony | undefined => {
  const { bySession, ceremonies, details } = core.workspace.tentative.ceremonies;
  const id = bySession.get(session) ?? "";
  const ceremony = ceremonies.get(id);
  const own = details.get(id)?.operation.session === session && ceremony?.context === contextOf(session);
  return own && ceremony.outcome === null ? ceremony : undefined;
};

const reasonOf = (status: SessionStatusName, input: SessionInput): string =>
  input.kind === "cancel" && status === "cancelled" && input.reason !== ""
    ? `Its session was cancelled: ${input.reason}`
    : `Its session ${status === "faulted" ? "" : "was "}${status}`;

/**
 * Gives up the ceremony of a session that was cancelled, closed or has
 * faulted, with the entry that ended it: ceremony, context and key, in the
 * session's own unit.
 */
export const abortWithSession = (
  core: Pick<HostCore, "authorities" | "workspace">,
  state: SessionState,
  book: UnitBook,
  cause: { readonly input: SessionInput; readonly asked: Asked },
): void => {
  const { stream, fork, machine } = state;
  const status = sessionStatus(machine);
  if (fork !== undefined || !GIVEN_UP.has(status) || book.tells("ceremony.aborted")) return;
  const ceremony = ownCeremony(core, stream);
  if (ceremony === undefined) return;
  const { id, initiator } = ceremony;
  const { actor, now } = cause.asked;
  const reason = reasonOf(status, cause.input);
  const input = { kind: "ceremony.aborted", ceremony: id, reason, by: actor } as const;
  const step = ceremonyStep(core.workspace.tentative.ceremonies, input, workspaceTime(core, now));
  if (!step.ok) return;
  book.tell(input);
  const facts = step.facts.map((fact) => ceremonyFact(ceremony, fact, initiator));
  book.record({ kind: "facts.added", replica: initiator, facts });
  for (const { authority, input: rollback } of rollbackInputs(core, ceremony)) book.add(authority, rollback);
};

/** The parts of a unit that gives a session's ceremony up; once the last is durable its secrets are forgotten. */
export const forgettingCeremony = (
  core: Pick<HostCore, "authority" | "ceremonyDeadlines" | "workspace">,
  session: string,
  parts: readonly UnitPart[],
): readonly UnitPart[] =>
  parts.map((part, index) =>
    index < parts.length - 1
      ? part
      : {
          ...part,
          settle: () => {
            part.settle();
            const ceremony = core.workspace.durable.ceremonies.bySession.get(session);
            if (ceremony !== undefined) forgetEnded(core, ceremony);
          },
        },
  );
