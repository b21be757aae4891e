import type {
  CompositionList,
  CompositionView,
  StartCompositionRequest,
  StepCompositionRequest,
} from "@parley/wire/http";
import { compositionAsks } from "../../services/index.ts";
import type { Caller } from "../caller.ts";
import { runCommand } from "../commands/command.ts";
import { writeWorkspace } from "../commands/write-workspace.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { newId } from "../new-id.ts";
import { compositionOf } from "./composition-request.ts";
import { listCompositions, readComposition } from "./composition-view.ts";
import { childrenOf, driveOnce, giveUp, noteCompositionDeadline } from "./drive-composition.ts";

/** Compositions of protocols: their children are sessions, every event of theirs is an entry of the workspace. */
export interface CompositionHost {
  compositions(): CompositionList;
  composition(id: string): Promise<Result<CompositionView>>;
  startComposition(caller: Caller, request: StartCompositionRequest): Promise<Result<CompositionView>>;
  /** Does the next thing, or all that goes without anybody; where nothing can be done the view says who must act. */
  stepComposition(
    caller: Caller,
    id: string,
    request: StepCompositionRequest,
  ): Promise<Result<CompositionView>>;
  cancelComposition(caller: Caller, id: string, reason: string): Promise<Result<CompositionView>>;
}

/** Steps one run may take: a stop for sessions that never end. */
const MOST_STEPS = 1_000;

const queues = new WeakMap<HostCore, Map<string, Promise<unknown>>>();

/** Lets commands on one composition go one after the other. */
const inTurn = async <T>(core: HostCore, id: string, work: () => Promise<T>): Promise<T> => {
  const queue = queues.get(core) ?? new Map<string, Promise<unknown>>();
  queues.set(core, queue);
  const before = queue.get(id) ?? Promise.resolve();
  const mine = before.then(work, work);
  const settled = mine.then(
    () => undefined,
    () => undefined,
  );
  queue.set(id, settled);
  try {
    return await mine;
  } finally {
    if (queue.get(id) === settled) queue.delete(id);
  }
};

const start = (
  core: HostCore,
  caller: Caller,
  request: StartCompositionRequest,
): Promise<Result<CompositionView>> =>
  runCommand<CompositionView, { readonly id: string }>(core, caller, {
    name: "start-composition",
    subject: "shipped" in request ? request.shipped : request.composition.name,
    request,
    restore: ({ id }) => readComposition(core, id),
    run: async (idempotency) => {
      const found = compositionOf(core, request);
      if (!found.ok) return found;
      const id = newId(core.random, "cmp");
      const input = { kind: "composition.started", id, composition: found.value } as const;
      const written = await writeWorkspace(core, caller, [input], idempotency({ id }));
      if (!written.ok) return written;
      const run = core.workspace.durable.services.compositions.get(id);
      if (run !== undefined) noteCompositionDeadline(core, id, run);
      return readComposition(core, id);
    },
  });

/** Whether anything of it is still to be done: it runs, or a failed one has children to end or phases to undo. */
const unfinished = (core: HostCore, id: string): Result<null> => {
  const run = core.workspace.tentative.services.compositions.get(id);
  if (run === undefined) return refused({ code: "PAR7001", kind: "not-found", what: "composition", id });
  return run.outcome.kind === "running" || compositionAsks(run).length + childrenOf(run).length > 0
    ? done(null)
    : refused({ code: "PAR8814", kind: "composition-ended", composition: id, status: run.outcome.kind });
};

/** Drives a composition; stops where somebody must act. */
const drive = async (core: HostCore, caller: Caller, id: string, most: number): Promise<Result<null>> => {
  for (let step = 0; step < most && !core.closing; step += 1) {
    const moved = await driveOnce(core, caller, id);
    if (!moved.ok) return moved;
    if (!moved.value) break;
    await core.yield();
  }
  return done(null);
};

const command = (
  core: HostCore,
  caller: Caller,
  id: string,
  asked: { readonly name: string; readonly request: unknown },
  work: () => Promise<Result<null>>,
): Promise<Result<CompositionView>> =>
  runCommand<CompositionView, null>(core, caller, {
    name: asked.name,
    subject: id,
    request: [id, asked.request],
    restore: () => readComposition(core, id),
    run: (idempotency) =>
      inTurn(core, id, async () => {
        const open = unfinished(core, id);
        if (!open.ok) return open;
        const worked = await work();
        if (!worked.ok) return worked;
        // Each thing it did is a commit of its own; asked for again, it is answered and not done again.
        const row = idempotency(null);
        const kept = row === undefined ? undefined : await core.writer.write({ parts: [], idempotency: row });
        return kept?.ok === false ? kept : readComposition(core, id);
      }),
  });

/** Gives up what is out of time at `now`, with everything that follows from it; answers how many those were. */
export const fireCompositions = async (core: HostCore, now: number): Promise<number> => {
  let fired = 0;
  for (const { stream: name } of core.serviceDeadlines.due(now)) {
    if (!name.startsWith("composition:") || core.closing) continue;
    const id = name.slice("composition:".length);
    const timer = { actor: { kind: "timer", id: name } } as const;
    const given = await inTurn(core, id, () => drive(core, timer, id, MOST_STEPS));
    if (given.ok) fired += 1;
  }
  return fired;
};

/** Takes up the deadlines of compositions that ran when the host was last stopped. */
export const loadCompositionDeadlines = (core: HostCore): void => {
  for (const [id, run] of core.workspace.durable.services.compositions)
    noteCompositionDeadline(core, id, run);
};

/** The part of a host that is about compositions. */
export const compositionHost = (core: HostCore): CompositionHost => ({
  compositions: () => listCompositions(core),
  composition: (id) => readComposition(core, id),
  startComposition: (caller, request) => start(core, caller, request),
  stepComposition: (caller, id, { until = "step" }) =>
    command(core, caller, id, { name: "step-composition", request: until }, () =>
      drive(core, caller, id, until === "end" ? MOST_STEPS : 1),
    ),
  cancelComposition: (caller, id, reason) =>
    command(core, caller, id, { name: "cancel-composition", request: reason }, async () => {
      const given = await giveUp(core, caller, id, reason);
      return given.ok ? drive(core, caller, id, MOST_STEPS) : given;
    }),
});
