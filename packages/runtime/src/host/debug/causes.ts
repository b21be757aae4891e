import type { Causes } from "@parley/wire/http";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { readWindow } from "./read-stretch.ts";

/** Events and inputs one answer tells. */
const MAX_CHAIN = 200;

/** The durable head of a session, positions of its parents included. */
export const headOf = async (core: HostCore, id: string): Promise<number | undefined> => {
  const record = core.workspace.durable.sessions.get(id);
  const own = await core.store.head(id);
  return record === undefined || own === undefined
    ? undefined
    : own.seq + (record.parent === null ? 0 : record.parent.at + 1);
};

/** What had to happen for an event: its causes and theirs, and all of its past as positions. */
export const readCauses = async (
  core: HostCore,
  id: string,
  seq: number,
  index: number,
): Promise<Result<Causes>> => {
  const head = await headOf(core, id);
  if (head === undefined) return refused({ code: "PAR7001", kind: "not-found", what: "session", id });
  if (seq > head) return refused({ code: "PAR7013", kind: "bad-position", at: seq, head });
  const history = await readWindow(core, id, seq);
  const at = history.indexOf(seq, index);
  if (at === undefined) return refused({ code: "PAR8003", kind: "unknown-event", seq, index });
  const { chain, complete } = history.chain(at, MAX_CHAIN);
  return done({
    seq,
    index,
    chain: [...chain],
    past: [...history.past(at)],
    from: history.first,
    complete: complete && history.first === 0,
  });
};
