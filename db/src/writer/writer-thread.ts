/**
 * The writing side of a store, in a thread of its own so that waiting for the
 * disk never stalls the event loop. One connection, one batch at a time.
 */
import { existsSync, statSync } from "node:fs";
import { parentPort, workerData } from "node:worker_threads";
import { isDerivedCurrent, rebuildDerived } from "../derive/rebuild.ts";
import { type Connection, connectReader, connectWriter } from "../store/connect.ts";
import { inspectVersion, migrate } from "../store/migrate.ts";
import { shippedMigrations } from "../store/migrations.ts";
import { storeErrorOf } from "../store/store-error-of.ts";
import { batchRunner } from "./run-batch.ts";
import type {
  WriterAnswer,
  WriterFault,
  WriterOptions,
  WriterReady,
  WriterRequest,
} from "./writer-message.ts";

type Opened = { readonly db: Connection; readonly ready: WriterReady } | { readonly ready: WriterReady };

/** Looks before it writes: a newer or foreign file is left exactly as it was. */
const open = ({ file, busyTimeoutMs }: WriterOptions): Opened => {
  const known = shippedMigrations();
  if (existsSync(file) && statSync(file).size > 0) {
    const reader = connectReader(file, busyTimeoutMs);
    const found = inspectVersion(reader, known);
    reader.close();
    if (!found.ok) return { ready: { ready: false, error: found.error } };
  }
  const db = connectWriter(file, busyTimeoutMs);
  const migrated = migrate(db, known);
  if (!migrated.ok) {
    db.close();
    return { ready: { ready: false, error: migrated.error } };
  }
  if (!isDerivedCurrent(db)) rebuildDerived(db);
  return { db, ready: { ready: true, version: migrated.to } };
};

const setFault = (db: Connection, fault: WriterFault): void => {
  db.pragma(`query_only = ${fault === "readonly" ? "ON" : "OFF"}`);
  const pages = db.pragma("page_count", { simple: true });
  db.pragma(`max_page_count = ${fault === "full" ? pages : 0xffff_fffe}`);
};

const serve = (db: Connection, port: NonNullable<typeof parentPort>): void => {
  const runBatch = batchRunner(db);
  const answer = (request: WriterRequest): WriterAnswer => {
    const { id } = request;
    switch (request.kind) {
      case "batch": {
        const result = runBatch(request.jobs, request.buffer);
        return result.ok ? { id, kind: "batch", ...result } : { id, ...result };
      }
      case "rebuild":
        return { id, ok: true, kind: "rebuild", report: rebuildDerived(db) };
      case "fault":
        setFault(db, request.fault);
        return { id, ok: true, kind: "done" };
      case "close":
        db.close();
        return { id, ok: true, kind: "done" };
    }
  };
  port.on("message", (request: WriterRequest) => {
    let reply: WriterAnswer;
    try {
      reply = answer(request);
    } catch (cause) {
      reply = { id: request.id, ok: false, error: storeErrorOf(cause) };
    }
    port.postMessage(reply);
    if (request.kind === "close") port.close();
  });
};

const start = (port: NonNullable<typeof parentPort>): void => {
  let opened: Opened;
  try {
    opened = open(workerData as WriterOptions);
  } catch (cause) {
    opened = { ready: { ready: false, error: { kind: "io", error: storeErrorOf(cause) } } };
  }
  if ("db" in opened) serve(opened.db, port);
  port.postMessage(opened.ready);
  if (!opened.ready.ready) port.close();
};

if (parentPort !== null) start(parentPort);
