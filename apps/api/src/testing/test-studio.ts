import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeOpenError, type OpenedStore, openStore } from "@parley/db";
import { createHost, type Host, type SeedProtocol } from "@parley/runtime/host";
import {
  memoryKeys,
  plainTokens,
  type SimulatedClock,
  seededRandom,
  simulatedClock,
} from "@parley/runtime/testing";
import { problemSchema } from "@parley/wire/http";
import type { Hono } from "hono";
import { expect, onTestFinished } from "vitest";
import { createApp } from "../app.ts";

/** An answer with its body read: JSON where it is JSON, else text. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies freely; the schema test says what they are
  readonly body: any;
}

export interface TestStudio {
  readonly app: Hono;
  readonly host: Host;
  readonly store: OpenedStore;
  readonly clock: SimulatedClock;
  readonly folder: string;
  readonly stop: AbortController;
  readonly errors: Error[];
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  post(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
}

export const temporaryFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), "parley-api-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
};

const readAnswer = async (response: Response): Promise<Answer> => {
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  const body = /json/.test(type) && text !== "" ? JSON.parse(text) : text;
  if (response.status >= 400 && text !== "") {
    expect(type).toMatch(/^application\/problem\+json/);
    expect(problemSchema.parse(body)).toEqual(body);
    expect(body.status).toBe(response.status);
  }
  return { status: response.status, headers: response.headers, body };
};

/** The application over a real store in a folder of its own; no socket. */
export const testStudio = async (
  options: {
    readonly folder?: string;
    readonly seed?: readonly SeedProtocol[];
    readonly busyTimeoutMs?: number;
    readonly hosts?: readonly string[];
  } = {},
): Promise<TestStudio> => {
  const folder = options.folder ?? temporaryFolder();
  const opened = await openStore({ folder, busyTimeoutMs: options.busyTimeoutMs ?? 5_000 });
  if (!opened.ok) throw new Error(describeOpenError(opened.error));
  const { store } = opened;
  onTestFinished(() => store.close());
  const clock = simulatedClock(1_700_000_000_000);
  const host = await createHost({
    keys: memoryKeys(),
    tokens: plainTokens(),
    store,
    drafts: store,
    clock,
    random: seededRandom(),
    seed: options.seed ?? [],
    testing: { failingMigrations: true },
    yield: () => new Promise((resolve) => setImmediate(resolve)),
  });
  const stop = new AbortController();
  const errors: Error[] = [];
  const app = createApp({
    host,
    version: "test",
    writable: true,
    stopping: stop.signal,
    onError: (error) => errors.push(error),
    ...(options.hosts ? { hosts: options.hosts } : {}),
  });
  const send: TestStudio["send"] = async (method, path, body, headers = {}) => {
    const json = body !== undefined && typeof body !== "string" && !(body instanceof Uint8Array);
    const init: RequestInit = {
      method,
      headers: { ...(json ? { "content-type": "application/json" } : {}), ...headers },
    };
    if (body !== undefined) init.body = json ? JSON.stringify(body) : (body as string);
    return readAnswer(await app.request(path, init));
  };
  return {
    app,
    host,
    store,
    clock,
    folder,
    stop,
    errors,
    send,
    get: (path, headers) => send("GET", path, undefined, headers),
    post: (path, body, headers) => send("POST", path, body, headers),
  };
};
