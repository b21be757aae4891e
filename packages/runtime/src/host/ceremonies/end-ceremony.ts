import type { CeremonyInput, Fact } from "@parley/wire";
import type { CeremonyView, SupersedeCeremonyRequest } from "@parley/wire/http";
import { type Ceremony, sweepCeremonies } from "../../ceremony/index.ts";
import type { CeremonyFact } from "../../journal/ceremony-fact.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { type Asked, loadContext } from "../ledger/append.ts";
import { ceremonyStep } from "../streams/ceremony-records.ts";
import { ceremonyCommand, tentativeCeremony, type Write } from "./ceremony-command.ts";
import { ceremonyFact } from "./ceremony-facts.ts";
import { ceremonyRefusal } from "./ceremony-refusal.ts";
import { type ContextChange, ceremonyParts, workspaceTime } from "./ceremony-unit.ts";
import { forgetEnded } from "./ended-ceremony.ts";
import { rollbackInputs } from "./plan-start.ts";
import { sameAgain } from "./same-again.ts";
import { beginCeremony } from "./start-ceremony.ts";

const contextFacts = (
  core: HostCore,
  facts: readonly { readonly ceremony: Ceremony; readonly fact: CeremonyFact }[],
): readonly ContextChange[] =>
  [...Map.groupBy(facts, ({ ceremony }) => ceremony.context)].flatMap(([context, own]): ContextChange[] => {
    const cell = core.contexts.get(context);
    if (cell === undefined) return [];
    const made = own.map(({ ceremony, fact }): { by: string; facts: Fact[] } => ({
      by: ceremony.initiator,
      facts: [ceremonyFact(ceremony, fact, ceremony.initiator)],
    }));
    return [{ context, cell, title: context, members: [], facts: made }];
  });

/** Loads every context; they stay loaded until the next time something is waited for. */
const loadContexts = async (core: HostCore, contexts: readonly string[]): Promise<void> => {
  const missing = () => contexts.filter((context) => !core.contexts.has(context));
  for (let next = missing(); next.length > 0; next = missing())
    for (const context of next) await loadContext(core, context);
};

type Ending = Extract<CeremonyInput, { readonly kind: "ceremony.aborted" | "ceremony.superseded" }>;

/** Ends one ceremony without a commit, with who ended it, its fact and its key taken back, in one commit. */
export const endCeremony = async (
  core: HostCore,
  ending: Ending,
  asked: Asked,
  write: Write,
): Promise<Result<string>> => {
  const input = ending.kind === "ceremony.aborted" ? { ...ending, by: asked.actor } : ending;
  const id = input.ceremony;
  const found = tentativeCeremony(core, id);
  if (!found.ok) return found;
  await loadContexts(core, [found.value.context]);
  const step = ceremonyStep(core.workspace.tentative.ceremonies, input, workspaceTime(core, asked.now));
  if (!step.ok) return refused(ceremonyRefusal(step.error));
  if (step.facts.length === 0) return done(id);
  const { ceremony } = step;
  const facts = step.facts.map((fact) => ({ ceremony, fact }));
  const authorities = rollbackInputs(core, ceremony);
  const change = { workspace: [input], contexts: contextFacts(core, facts), authorities };
  const written = await write(id, ceremonyParts(core, change, asked));
  if (written.ok) forgetEnded(core, id);
  return written;
};

/** Gives a ceremony up. */
export const abortCeremonyCommand = (
  core: HostCore,
  caller: Caller,
  id: string,
  reason: string,
): Promise<Result<CeremonyView>> =>
  ceremonyCommand(core, caller, {
    name: "abort-ceremony",
    subject: id,
    request: reason,
    run: (asked, write) =>
      endCeremony(core, { kind: "ceremony.aborted", ceremony: id, reason }, asked, write),
  });

/** Puts another ceremony in the place of one: one that is there, or a new one that asks the same upon what stands now. */
export const supersedeCeremonyCommand = (
  core: HostCore,
  caller: Caller,
  id: string,
  request: SupersedeCeremonyRequest,
): Promise<Result<CeremonyView>> =>
  ceremonyCommand(core, caller, {
    name: "supersede-ceremony",
    subject: id,
    request,
    run: async (asked, write) => {
      const found = tentativeCeremony(core, id);
      if (!found.ok) return found;
      const { by, reason } = request;
      if (by !== undefined) {
        const other = tentativeCeremony(core, by);
        if (!other.ok) return other;
        const stale = other.value.prestate !== found.value.prestate;
        const why = reason ?? ({ code: stale ? "prestate_stale" : "newer_request" } as const);
        const input = { kind: "ceremony.superseded", ceremony: id, by, reason: why } as const;
        return endCeremony(core, input, asked, (_, parts) => write(by, parts)).then((result) =>
          result.ok ? done(by) : result,
        );
      }
      const { outcome, runtime } = found.value;
      if (outcome !== null)
        return refused(
          ceremonyRefusal({ code: "PAR8506", variant: "CeremonyEnded", ceremony: id, state: outcome.kind }),
        );
      const before = { reason, runtime: { recorded: runtime } };
      return beginCeremony(core, sameAgain(core, found.value), asked, write, before);
    },
  });

/**
 * Ends every ceremony that is overdue at `now`, by (deadline, id), in one
 * commit; answers how many (model §2.6).
 */
export const sweepOverdue = async (core: HostCore, now: number): Promise<number> => {
  const due = core.ceremonyDeadlines.due(now);
  if (due.length === 0) return 0;
  const { ceremonies } = core.workspace.tentative.ceremonies;
  await loadContexts(
    core,
    due.flatMap(({ stream }) => ceremonies.get(stream)?.context ?? []),
  );
  const at = workspaceTime(core, now);
  const swept = sweepCeremonies(core.workspace.tentative.ceremonies.ceremonies, at);
  for (const { stream } of due) core.ceremonyDeadlines.set(stream, undefined);
  if (swept.ended.length === 0) return 0;
  const byId = new Map(swept.ended.map((ceremony) => [ceremony.id, ceremony]));
  const facts = swept.facts.flatMap((fact) => {
    const ceremony = byId.get(fact.ceremony_id);
    return ceremony === undefined ? [] : [{ ceremony, fact }];
  });
  const authorities = swept.ended.flatMap((ceremony) => rollbackInputs(core, ceremony));
  const change = {
    workspace: [{ kind: "ceremony.swept" } as const],
    contexts: contextFacts(core, facts),
    authorities,
  };
  const asked = { actor: { kind: "timer", id: "ceremonies" } as const, now };
  const written = await core.writer.write({ parts: ceremonyParts(core, change, asked) });
  if (!written.ok) {
    // Tried again at the next look.
    for (const { stream, deadline } of due) core.ceremonyDeadlines.set(stream, deadline);
    return 0;
  }
  for (const { id } of swept.ended) forgetEnded(core, id);
  return swept.ended.length;
};
