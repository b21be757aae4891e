/**
 * The victim of the kill test without HTTP: `node host-load.ts FOLDER SEED
 * ATTEMPTS`. Repeats what the last kill left open, then lets ten clients act
 * as fast as they are answered. Prints each command before it is carried out,
 * and again with its answer, after its promise resolved and never before.
 */
import { openStore } from "@parley/db";
import { sayLine, seededRandom } from "@parley/db/testing/victim";
import { loadBiscuitTokens, openKeyStore, systemClock, systemRandom } from "@parley/node";
import { createHost, type Host, operator, type Result } from "@parley/runtime/host";
import type { ForkRequest, InputsRequest, InputsResponse, RunRequest } from "@parley/wire/http";
import type { Attempt } from "./check-folder.ts";
import { choose, loadSource } from "./choose-command.ts";

const SESSIONS = 10;

const carryOut = (host: Host, { path, body, key }: Attempt): Promise<Result<unknown>> => {
  const [, , , id = "", verb] = path.split("/");
  const caller = { ...operator, key };
  if (verb === "fork") return host.fork(caller, id, body as ForkRequest);
  if (verb === "run") return host.run(caller, id, body as RunRequest);
  return host.inputs(caller, id, body as InputsRequest);
};

const attemptOnce = async (host: Host, attempt: Attempt): Promise<Result<unknown>> => {
  sayLine(JSON.stringify(attempt));
  const result = await carryOut(host, attempt);
  const entries = result.ok ? ((result.value as Partial<InputsResponse>).entries ?? []) : [];
  const answered: Attempt = {
    ...attempt,
    status: result.ok ? 200 : 409,
    hashes: entries.map(({ hash }) => hash),
  };
  sayLine(JSON.stringify(answered));
  return result;
};

const sessionsOf = async (host: Host): Promise<readonly string[]> => {
  const there = (await host.listSessions({ status: "active" })).map(({ id }) => id);
  if (there.length > 0) return there.slice(0, SESSIONS);
  const made = await host.createProtocol(operator, { name: "Load", source: loadSource });
  if (!made.ok) throw new Error(made.error.kind);
  const ids: string[] = [];
  while (ids.length < SESSIONS) {
    const opened = await host.openSession(operator, { protocol: made.value.id });
    if (!opened.ok) throw new Error(opened.error.kind);
    ids.push(opened.value.session.id);
  }
  return ids;
};

const act = async (host: Host, session: string, prefix: string, seed: number): Promise<never> => {
  const random = seededRandom(seed);
  let id = session;
  for (let count = 0; ; count += 1) {
    const view = await host.view(id);
    if (!view.ok) throw new Error(view.error.kind);
    const attempt = { key: `${prefix}.${count}`, ...choose(view.value, random) };
    const result = await attemptOnce(host, attempt);
    if (attempt.path.endsWith("/fork") && result.ok) id = (result.value as { id: string }).id;
  }
};

const main = async (folder: string, seed: number, open: readonly Attempt[]): Promise<void> => {
  const opened = await openStore({ folder });
  if (!opened.ok) throw new Error(opened.error.kind);
  const { store } = opened;
  const ports = {
    clock: systemClock,
    random: systemRandom,
    keys: openKeyStore(folder),
    tokens: await loadBiscuitTokens(),
  };
  const host = await createHost({ store, drafts: store, ...ports });
  await Promise.all(open.map((attempt) => attemptOnce(host, attempt)));
  const sessions = await sessionsOf(host);
  await Promise.all(sessions.map((id, index) => act(host, id, `${seed}.${index}`, seed * 100 + index)));
};

const [folder = "", seed = "1", open = "[]"] = process.argv.slice(2);
await main(folder, Number(seed), JSON.parse(open) as readonly Attempt[]);
