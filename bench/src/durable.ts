import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openStore } from "@parley/db";
import { systemClock, systemRandom } from "@parley/node";
import { createHost, type Host, operator } from "@parley/runtime/host";

const RING =
  "protocol Ring =\n  roles A, B\n  rec Lap\n    A -> B : ping\n    B -> A : pong\n    continue Lap\n";

const must = <T>(
  result: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const openSessions = async (host: Host, count: number): Promise<readonly string[]> => {
  const protocol = must(await host.createProtocol(operator, { name: "ring", source: RING }));
  must(await host.saveVersion(operator, protocol.id, { source: RING }));
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    ids.push(
      must(await host.openSession(operator, { protocol: protocol.id, decisions: "first" })).session.id,
    );
  }
  return ids;
};

/** Durable entries per second with the host in process: every answer is on disk (`synchronous=FULL`) before the next is asked. */
export const durable = async (sessions = 200, entriesEach = 50) => {
  const folder = mkdtempSync(join(tmpdir(), "parley-bench-"));
  const opened = await openStore({ folder });
  if (!opened.ok) throw new Error(opened.error.kind);
  const host = await createHost({
    store: opened.store,
    drafts: opened.store,
    clock: systemClock,
    random: systemRandom,
  });
  try {
    const ids = await openSessions(host, sessions);
    const drive = async (id: string): Promise<void> => {
      for (let i = 0; i < entriesEach; i += 1)
        must(await host.inputs(operator, id, { inputs: [{ kind: "advance" }] }));
    };
    await Promise.all(ids.map((id) => host.inputs(operator, id, { inputs: [{ kind: "advance" }] })));
    const start = performance.now();
    await Promise.all(ids.map(drive));
    const seconds = (performance.now() - start) / 1000;
    const times = [...opened.store.stats().commitMs].sort((a, b) => a - b);
    return {
      sessions,
      entries: sessions * entriesEach,
      entriesPerSecond: Math.round((sessions * entriesEach) / seconds),
      commitP50Ms: Number((times[Math.floor(times.length / 2)] ?? 0).toFixed(2)),
    };
  } finally {
    await host.close();
    await opened.store.close();
    rmSync(folder, { recursive: true, force: true });
  }
};
