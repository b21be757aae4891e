/**
 * The victim of the kill test: `node crash-load.ts FOLDER ROUND`. Several
 * clients append to streams of their own as fast as they are answered; each
 * answered unit is printed, after its promise resolved and never before.
 */
import { chainBuilder } from "@parley/runtime/testing";
import type { MachineEvent, StreamKind } from "@parley/wire";
import { type OpenedStore, openStore } from "../open-store.ts";
import { describeOpenError } from "../store/store-open-error.ts";
import type { AnsweredUnit } from "./check-survivors.ts";
import { sayLine } from "./say-line.ts";
import { seededRandom } from "./seeded-random.ts";

const CLIENTS = 12;
/** Far more than the killer waits for; it keeps a folder small where the killer is slow to act. */
const UNITS_EACH = 20;

const resume = async (store: OpenedStore, stream: string, kind: StreamKind) =>
  chainBuilder(stream, kind, (await store.head(stream)) ?? { seq: -1, hash: "" });

const pin = (stream: string) =>
  ({ kind: "fork", stream, title: stream, parent: "p", at: 0, parentHash: "", commit: 0 }) as const;

const ends = ["completed", "closed", "cancelled"] as const;

const client = async (store: OpenedStore, name: number, round: string): Promise<void> => {
  const random = seededRandom(Number(round) * 1000 + name);
  const session = await resume(store, `session-${name}`, "session");
  const authority = await resume(store, `authority-${name}`, "authority");
  for (let count = 0; count < UNITS_EACH; count += 1) {
    const key = `${round}.${name}.${count}`;
    const events: MachineEvent[] = [{ kind: ends[random.below(3)] ?? "closed", tick: count, sid: 0 }];
    const both = random.below(2) === 0;
    const effects = both ? [{ stream: authority.stream, seq: authority.seq() + 1 }] : [];
    const input = session.seq() === -1 ? pin(session.stream) : ({ kind: "advance" } as const);
    const appends = [session.append({ key, input, events, effects })];
    if (both)
      appends.push(
        authority.append(
          { key, input: { kind: "device.added", device: key, name: `device ${key}` } },
          { key, input: { kind: "budget.replenished", context: "c", peer: "p", amount: count } },
        ),
      );
    const at = 1_000 + count;
    const idempotency = { actor: "operator", key, requestHash: "00", answer: key, at };
    const [result] = await store.append([{ appends, idempotency }]);
    if (result?.ok !== true) throw new Error(JSON.stringify(result));
    const entries = appends.flatMap((append) =>
      append.entries.map(({ seq, hash }) => ({ stream: append.stream, seq, hash })),
    );
    sayLine(JSON.stringify({ key, entries } satisfies AnsweredUnit));
  }
};

const main = async (folder: string, round: string): Promise<void> => {
  const opened = await openStore({ folder });
  if (!opened.ok) throw new Error(describeOpenError(opened.error));
  await Promise.all(Array.from({ length: CLIENTS }, (_, name) => client(opened.store, name, round)));
};

const [, script, folder, round] = process.argv;
if (script === import.meta.filename && folder !== undefined && round !== undefined) await main(folder, round);
