import { type Hash, hashValue } from "@parley/wire";
import type { Caller } from "../caller.ts";
import type { HostCore } from "../core.ts";
import { type HostError, type Result, refused } from "../host-error.ts";
import type { IdempotencyRow } from "../ports.ts";

/** How long the answer to a repeated command is kept (model §2.8), ms. */
const KEPT = 24 * 3_600_000;

/** What a command writes beside its entries, so that a repetition gets the same answer. */
export type IdempotencyDraft = Omit<IdempotencyRow, "commit">;

/** One command: what is asked, how it is carried out, and how its answer is found again. */
export interface Command<T, R> {
  readonly name: string;
  /** What it is about, for the audit of refusals; else read off the request. */
  readonly subject?: string;
  /** Canonical data; what tells one command from another under the same key. */
  readonly request: unknown;
  /** Carries it out; `idempotency(receipt)` is the row to write with its entries. */
  readonly run: (idempotency: (receipt: R) => IdempotencyDraft | undefined) => Promise<Result<T>>;
  /** The answer from the receipt that was kept. */
  readonly restore: (receipt: R) => Promise<Result<T>>;
}

const actorKey = ({ actor }: Caller): string => `${actor.kind}:${actor.id}`;

const kept = async <T, R>(
  core: HostCore,
  command: Command<T, R>,
  asked: { readonly actor: string; readonly key: string; readonly requestHash: Hash },
): Promise<Result<T> | undefined> => {
  const row = await core.store.idempotency(asked.actor, asked.key);
  if (row === undefined || core.clock.now() - row.at > KEPT) return undefined;
  if (row.requestHash !== asked.requestHash) return mismatch(asked.key);
  const restored = await command.restore(JSON.parse(row.answer) as R);
  return restored.ok ? { ...restored, replayed: true } : restored;
};

const mismatch = (key: string): { readonly ok: false; readonly error: HostError } =>
  refused({ code: "PAR7201", kind: "idempotency-mismatch", key });

/**
 * Runs a command once per idempotency key (model §2.8): the same key and body
 * get the same answer, another body is refused, one still running says so.
 */
export const runCommand = async <T, R>(
  core: HostCore,
  caller: Caller,
  command: Command<T, R>,
): Promise<Result<T>> => {
  const result = await runOnce(core, caller, command);
  if (!result.ok) {
    const { name, request } = command;
    const [first] = Array.isArray(request) ? request : [];
    const subject = command.subject ?? (typeof first === "string" ? first : undefined);
    const { actor } = caller;
    core.refusals.note({ at: core.clock.now(), actor, command: name, subject, error: result.error });
  }
  return result;
};

const runOnce = async <T, R>(core: HostCore, caller: Caller, command: Command<T, R>): Promise<Result<T>> => {
  if (core.closing) return refused({ code: "PAR7901", kind: "host-closed" });
  const { key } = caller;
  if (key === undefined) return command.run(() => undefined);
  const actor = actorKey(caller);
  const requestHash = hashValue("parley.request/1", [command.name, command.request]);
  const slot = JSON.stringify([actor, key]);
  const started = core.running.get(slot);
  if (started !== undefined)
    return started === requestHash ? refused({ code: "PAR7202", kind: "in-flight", key }) : mismatch(key);
  core.running.set(slot, requestHash);
  try {
    const answer = await kept(core, command, { actor, key, requestHash });
    if (answer !== undefined) return answer;
    return await command.run((receipt) => ({
      actor,
      key,
      requestHash,
      answer: JSON.stringify(receipt),
      at: core.clock.now(),
    }));
  } finally {
    core.running.delete(slot);
  }
};
