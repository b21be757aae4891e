import type { SessionInput } from "@parley/wire";
import type { InputsRequest, InputsResponse } from "@parley/wire/http";
import { type ForkBase, loadForkBase } from "../authority/fork-base.ts";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { auditRefusal } from "../handover/audit-refusal.ts";
import { ownerGate } from "../handover/owner-gate.ts";
import { done, type HostError, type Result, refused } from "../host-error.ts";
import { loadContext } from "../ledger/append.ts";
import { forkPinOf } from "../ledger/fold-session.ts";
import { STRUCTURAL } from "../session/check-input.ts";
import { ownOffset } from "../session/session-state.ts";
import { contextOf } from "../streams/context-state.ts";
import { entryToJson } from "../views/entry-json.ts";
import { readLog } from "../views/read-log.ts";
import { runCommand } from "./command.ts";
import { fireDue } from "./fire-due.ts";
import { type Live, sessionUnit } from "./session-unit.ts";
import { inputFromJson } from "./values.ts";

/** Inputs one request may hold (model §7). */
export const MAX_INPUTS = 100;

export type LiveSession = ({ readonly ok: true } & Live) | { readonly ok: false; readonly error: HostError };

/** What a what-if stands on, read once while it is in memory. */
const forkBaseOf = async (core: HostCore, id: string): Promise<ForkBase | undefined> => {
  const known = core.forkBases.get(id);
  if (known !== undefined) return known;
  const [first] = await core.store.read(id, 0, 1);
  const loaded = await core.sessions.load(id);
  const pin = forkPinOf(first);
  if (pin === undefined || !loaded.ok) return undefined;
  const base = await loadForkBase(core, pin.parent, pin.commit, loaded.cell.state.pin.seats);
  core.forkBases.set(id, base);
  return base;
};

/** A session's cell and context, both current at the moment this resolves. */
export const liveSession = async (core: HostCore, id: string): Promise<LiveSession> => {
  for (;;) {
    const loaded = await core.sessions.load(id);
    if (!loaded.ok) return loaded;
    const { cell } = loaded;
    const fork = cell.state.fork !== undefined;
    const base = fork && core.authority !== undefined ? await forkBaseOf(core, id) : undefined;
    const context = fork
      ? undefined
      : (core.contexts.get(contextOf(id)) ?? (await loadContext(core, contextOf(id))));
    if (!cell.dropped && core.sessions.peek(id) === cell) return { ...loaded, context, base };
  }
};

const checkHead = (id: string, request: InputsRequest, actual: number): HostError | undefined => {
  const { expectedHead, inputs } = request;
  if (expectedHead !== undefined && expectedHead !== actual)
    return { code: "PAR7002", kind: "stale-head", session: id, expected: expectedHead, actual };
  const structural = inputs.find((input) => STRUCTURAL.has(input.kind));
  return structural !== undefined && expectedHead === undefined
    ? { code: "PAR7003", kind: "head-required", input: structural.kind, actual }
    : undefined;
};

/** Inputs that are not asked for like this: a handoff is a command of its own, ending the session needs an owner of all of it. */
const barredInputs = (
  core: HostCore,
  { cell }: Live,
  inputs: readonly SessionInput[],
): HostError | undefined => {
  const { fork, stream } = cell.state;
  if (fork !== undefined) return undefined;
  return inputs.some(({ kind }) => kind === "delegate")
    ? { code: "PAR7012", kind: "unsupported-input", input: "delegate" }
    : ownerGate(core, stream, inputs);
};

const refuse = async (
  core: HostCore,
  caller: Caller,
  id: string,
  error: HostError,
): Promise<Result<InputsResponse>> => {
  if (error.kind === "owner-refused") await auditRefusal(core, caller, error.input, id, error);
  return refused(error);
};

interface Receipt {
  readonly from: number;
  readonly to: number;
}

const answerFrom = async (core: HostCore, id: string, receipt: Receipt): Promise<Result<InputsResponse>> => {
  const { from, to } = receipt;
  const items = await readLog(core.store, id, from, to - from + 1);
  return done({ head: to, entries: items, replayed: true });
};

/** Appends inputs to a session: all or none, answered once durable (model §2.8). */
export const appendInputs = (
  core: HostCore,
  caller: Caller,
  id: string,
  request: InputsRequest,
): Promise<Result<InputsResponse>> =>
  runCommand<InputsResponse, Receipt>(core, caller, {
    name: "inputs",
    request: [id, request],
    restore: (receipt) => answerFrom(core, id, receipt),
    run: async (idempotency) => {
      const size = request.inputs.length;
      if (size > MAX_INPUTS)
        return refused({ code: "PAR7301", kind: "too-large", limit: "inputs", max: MAX_INPUTS, size });
      const live = await liveSession(core, id);
      if (!live.ok) return live;
      const { cell } = live;
      void fireDue(core, live);
      const stale = checkHead(id, request, cell.state.position);
      if (stale !== undefined) return refused(stale);
      const inputs = request.inputs.map(inputFromJson);
      const barred = barredInputs(core, live, inputs);
      if (barred !== undefined) return refuse(core, caller, id, barred);
      const asked = { actor: caller.actor, key: caller.key, now: core.clock.now() };
      const unit = sessionUnit(core, live, inputs, asked);
      if (!unit.ok) return unit;
      const row = idempotency({ from: unit.from, to: unit.to });
      const offset = ownOffset(cell.state);
      const written = await core.writer.write({
        parts: unit.parts,
        ...(row === undefined ? {} : { idempotency: row }),
      });
      if (!written.ok) return written;
      const entries = written.entries.filter(({ stream }) => stream === id);
      return done({
        head: unit.to,
        entries: entries.map((entry) => entryToJson(entry, offset)),
        replayed: false,
      });
    },
  });
