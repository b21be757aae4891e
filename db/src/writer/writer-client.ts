import { Worker } from "node:worker_threads";
import type { StoreError } from "@parley/runtime/host";
import type { StoreOpenError } from "../store/store-open-error.ts";
import type { WriterAnswer, WriterOptions, WriterReady, WriterRequest } from "./writer-message.ts";

type OkAnswer = Extract<WriterAnswer, { readonly ok: true }>;
type WithoutId<T> = T extends unknown ? Omit<T, "id"> : never;

/** The writer thread as a function: requests are answered in the order they were sent. */
export interface WriterClient {
  readonly version: number;
  /** Rejects with a `StoreError`. */
  send(request: WithoutId<WriterRequest>, transfer?: readonly ArrayBuffer[]): Promise<OkAnswer>;
}

export type WriterStart =
  | { readonly ok: true; readonly client: WriterClient }
  | { readonly ok: false; readonly error: StoreOpenError };

interface Waiting {
  readonly resolve: (answer: OkAnswer) => void;
  readonly reject: (error: StoreError) => void;
}

const connect = (worker: Worker, version: number): WriterClient => {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  let gone: StoreError | undefined;
  const fail = (reason: string): void => {
    gone ??= { kind: "failed", reason };
    for (const { reject } of waiting.values()) reject(gone);
    waiting.clear();
  };
  worker.on("message", (answer: WriterAnswer) => {
    const caller = waiting.get(answer.id);
    waiting.delete(answer.id);
    if (answer.ok) caller?.resolve(answer);
    else caller?.reject(answer.error);
  });
  worker.on("error", (cause) => fail(`the writer thread failed: ${String(cause)}`));
  worker.on("exit", () => fail("the store is closed"));
  return {
    version,
    send: (request, transfer = []) => {
      if (gone !== undefined) return Promise.reject(gone);
      const id = ++lastId;
      return new Promise((resolve, reject) => {
        waiting.set(id, { resolve, reject });
        worker.postMessage({ ...request, id }, [...transfer]);
      });
    },
  };
};

/** Starts the writer thread on a database file, which it creates or migrates first. */
export const startWriter = (options: WriterOptions): Promise<WriterStart> =>
  new Promise((resolve) => {
    const worker = new Worker(new URL("./writer-thread.ts", import.meta.url), { workerData: options });
    const failed = (cause: unknown): void =>
      resolve({ ok: false, error: { kind: "io", error: { kind: "failed", reason: String(cause) } } });
    worker.once("error", failed);
    worker.once("message", (ready: WriterReady) => {
      worker.off("error", failed);
      resolve(
        ready.ready
          ? { ok: true, client: connect(worker, ready.version) }
          : { ok: false, error: ready.error },
      );
    });
  });
