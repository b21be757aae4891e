/**
 * Records the sessions of `conformance/logs`: one exported session per line of
 * the table, of the `.tell` file beside it. Logs that exist are kept as they
 * are, since they say what their semantics meant; name them to make new ones:
 * `node conformance/src/record-logs.ts` or `node conformance/src/record-logs.ts checkout-1`.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type Host, operator, type Result } from "@parley/runtime/host";
import { hostFixture, openText, randomWalk } from "@parley/runtime/testing";
import type { OpenSessionRequest } from "@parley/wire/http";

interface Recording {
  /** File name without the number of its semantics. */
  readonly name: string;
  readonly source: string;
  readonly open: Omit<OpenSessionRequest, "protocol">;
  /** What happens, as numbers of a walk (see `randomWalk`). */
  readonly walk: readonly number[];
  /** Fork at this position and record the fork's walk too. */
  readonly fork?: { readonly at: number; readonly walk: readonly number[] };
}

const steps = (count: number, stride: number): readonly number[] =>
  Array.from({ length: count }, (_, i) => (i * stride + 1) % 10_000);

const pinned = { clock: "manual", seed: "conformance" } as const;

const recordings: readonly Recording[] = [
  { name: "checkout", source: "checkout", open: pinned, walk: steps(60, 7) },
  { name: "turns", source: "turns", open: { ...pinned, decisions: "random" }, walk: steps(120, 11) },
  { name: "arms", source: "arms", open: pinned, walk: steps(80, 13) },
  {
    name: "crew",
    source: "crew",
    open: { ...pinned, drive: "eager", names: { n: 3, rounds: 2 } },
    walk: steps(40, 3),
  },
  {
    name: "checkout-what-if",
    source: "checkout",
    open: pinned,
    walk: steps(12, 7),
    fork: { at: 4, walk: steps(50, 17) },
  },
  { name: "delivery", source: "delivery", open: pinned, walk: steps(220, 7) },
  {
    name: "delivery-what-if",
    source: "delivery",
    open: { ...pinned, drive: "eager" },
    walk: steps(9, 7),
    fork: { at: 5, walk: steps(60, 11) },
  },
];

const folder = new URL("../logs/", import.meta.url);

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const record = async (host: Host, of: Recording): Promise<Uint8Array> => {
  const source = readFileSync(new URL(`${of.source}.tell`, folder), "utf8");
  const { id } = await openText(host, source, of.open);
  await randomWalk(host, id, of.walk);
  if (of.fork === undefined) return must(await host.exportSession(id));
  const fork = must(await host.fork(operator, id, { at: of.fork.at }));
  await randomWalk(host, fork.id, of.fork.walk);
  return must(await host.exportSession(fork.id));
};

const only = new Set(process.argv.slice(2));
for (const of of recordings) {
  const { host } = await hostFixture();
  const name = `${of.name}-${host.semantics}`;
  const file = new URL(`${name}.parley-session`, folder);
  if (existsSync(file) && !only.has(name)) continue;
  const bytes = await record(host, of);
  writeFileSync(file, bytes);
  process.stdout.write(`${name}: ${bytes.length} bytes\n`);
}
