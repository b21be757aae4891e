import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OpenedStore, openStore } from "@parley/db";
import { systemClock, systemRandom } from "@parley/node";
import { createHost, type Host, operator } from "@parley/runtime/host";

/** A ring of two that goes round for ever. */
export const RING =
  "protocol Ring =\n  roles A, B\n  rec Lap\n    A -> B : ping\n    B -> A : pong\n    continue Lap\n";

/** The value of an answer that has to be one. */
export const must = <T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

export interface RingHost {
  readonly folder: string;
  readonly store: OpenedStore;
  readonly host: Host;
  readonly protocol: string;
}

/** A host over the store of `folder`, as the server has it. */
export const hostOver = async (folder: string): Promise<Omit<RingHost, "protocol">> => {
  const opened = await openStore({ folder });
  if (!opened.ok) throw new Error(opened.error.kind);
  const { store } = opened;
  const host = await createHost({
    store,
    drafts: store,
    clock: systemClock,
    random: systemRandom,
    yield: () => new Promise((resolve) => setImmediate(resolve)),
  });
  return { folder, store, host };
};

/**
 * Runs `work` with a host in a fresh data folder that knows a ring of two, then
 * `after` on the folder once the host has left it, and clears up behind both.
 */
export const withRingHost = async <T, U>(
  work: (host: RingHost) => Promise<T>,
  after: (result: T, folder: string) => U | Promise<U>,
): Promise<U> => {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  try {
    const opened = await hostOver(folder);
    let result: T;
    try {
      const protocol = must(await opened.host.createProtocol(operator, { name: "ring", source: RING })).id;
      must(await opened.host.saveVersion(operator, protocol, { source: RING }));
      result = await work({ ...opened, protocol });
    } finally {
      await opened.host.close();
      await opened.store.close();
    }
    return await after(result, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** Opens sessions of the ring; they decide by policy, so nothing has to be given. */
export const openRings = async ({ host, protocol }: RingHost, count: number): Promise<readonly string[]> => {
  const ids: string[] = [];
  while (ids.length < count) {
    const some = Array.from({ length: Math.min(100, count - ids.length) }, () =>
      host.openSession(operator, { protocol, decisions: "first" }),
    );
    for (const opened of await Promise.all(some)) ids.push(must(opened).session.id);
  }
  return ids;
};
