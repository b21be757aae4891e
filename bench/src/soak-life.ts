/**
 * One life of a host in a soak: opens the folder, proves that nothing of what
 * it had answered before is lost, keeps every session busy until it is told to
 * stop or is killed. Talks to `soak.ts` over IPC.
 */
import { setImmediate as nextTurn } from "node:timers/promises";
import { operator } from "@parley/runtime/host";
import { inputsFor } from "@parley/runtime/testing";
import type { InputsRequest, SessionView } from "@parley/wire/http";
import { hostOver, must } from "./ring-host.ts";
import type { Answered, FromLife, ToLife } from "./soak-messages.ts";
import { soakSources } from "./soak-sources.ts";

type InputJson = InputsRequest["inputs"][number];

/** Commands under way at once, each for sessions of its own. */
const LANES = 32;

const send = (message: FromLife): void => void process.send?.(message);

const folder = process.argv[2] ?? "";
const { host, store } = await hostOver(folder);
let stopping = false;
let commands = 0;
let faults = 0;
let fresh: Answered[] = [];

const random = (below: number): number => Math.floor(Math.random() * below);
const pick = <T>(list: readonly T[]): T | undefined => list[random(list.length)];

/** Something that goes wrong, and what puts it right again. */
const fault = (view: SessionView): InputJson | undefined => {
  const role = pick(view.roles)?.role ?? "";
  const edge = pick(view.edges);
  const { broken } = view;
  const down = broken?.crashed[0];
  if (down !== undefined) return { kind: "topology", event: { kind: "restart", site: down } };
  const cut = broken?.cut[0] ?? broken?.garbled[0];
  if (cut !== undefined) return { kind: "topology", event: { kind: "heal", from: cut.from, to: cut.to } };
  const paused = view.roles.find((one) => one.paused);
  if (paused !== undefined) return { kind: "resume", role: paused.role };
  if (edge === undefined) return undefined;
  const { from, to } = edge;
  switch (random(5)) {
    case 0:
      return { kind: "pause", role };
    case 1:
      return { kind: "topology", event: { kind: "partition", from, to } };
    case 2:
      return { kind: "topology", event: { kind: "crash", site: role } };
    case 3:
      return { kind: "topology", event: { kind: "partition", from: to, to: from } };
    default:
      return { kind: "pause", role: to };
  }
};

/** The next command for a session: mostly what it offers, now and then a fault or the end of one. */
const commandFor = (view: SessionView): readonly InputJson[] => {
  const trouble = view.broken !== undefined || view.roles.some(({ paused }) => paused);
  if (random(trouble ? 4 : 25) === 0) {
    const one = fault(view);
    if (one !== undefined) return [one];
  }
  const action = pick(view.next);
  // Timers of a real clock are the host's own affair.
  return action === undefined || action.kind === "timer" ? [] : inputsFor(action, random(1_000));
};

const step = async (id: string): Promise<void> => {
  const view = must(await host.view(id));
  const inputs = commandFor(view);
  if (inputs.length === 0) return;
  const structural = inputs.some(({ kind }) => kind === "topology");
  const done = await host.inputs(operator, id, {
    inputs: [...inputs],
    ...(structural ? { expectedHead: view.head } : {}),
  });
  // A timer may have come first: what was asked is then stale, which is an answer too.
  if (!done.ok) return;
  commands += 1;
  if (structural || inputs[0]?.kind === "pause") faults += 1;
  const last = done.value.entries.at(-1);
  if (last !== undefined) fresh.push([id, last.seq, last.hash]);
};

const lane = async (ids: readonly string[]): Promise<void> => {
  while (!stopping) for (const id of ids) if (!stopping) await step(id);
};

const flush = (): void => {
  if (fresh.length === 0) return;
  send({ kind: "answered", answers: fresh, commands, faults });
  fresh = [];
  commands = 0;
  faults = 0;
};

/** What was answered once must be there: the entry at that position, with that hash. */
const lost = async (answers: readonly Answered[]): Promise<readonly string[]> => {
  const missing: string[] = [];
  for (const [id, seq, hash] of answers) {
    const log = await host.log(id, seq, 1);
    const found = log.ok ? log.value.items[0] : undefined;
    if (found?.seq !== seq || found.hash !== hash) missing.push(`${id} at ${seq}`);
  }
  return missing;
};

const openAll = async (count: number): Promise<readonly string[]> => {
  const names = Object.keys(soakSources);
  const protocols: string[] = [];
  for (const name of names) {
    const source = soakSources[name] ?? "";
    const { id } = must(await host.createProtocol(operator, { name, source }));
    must(await host.saveVersion(operator, id, { source }));
    protocols.push(id);
  }
  const ids: string[] = [];
  for (let i = 0; i < count; i += 1) {
    const protocol = protocols[i % protocols.length] ?? "";
    // Half decide by policy; of the others somebody has to.
    const decisions = i % 2 === 0 ? "random" : "ask";
    const opened = await host.openSession(operator, { protocol, decisions });
    ids.push(must(opened).session.id);
  }
  return ids;
};

const replayAll = async (ids: readonly string[]): Promise<FromLife> => {
  const differing: string[] = [];
  let entries = 0;
  for (const id of ids) {
    const report = must(await host.replay(id));
    entries += report.head + 1;
    if (!report.ok || report.findings.length > 0) differing.push(id);
    await nextTurn();
  }
  return { kind: "replayed", entries, differing };
};

const heap = (): number => {
  globalThis.gc?.();
  globalThis.gc?.();
  return Math.round(process.memoryUsage().heapUsed / 1e5) / 10;
};

const timers = setInterval(() => {
  const due = host.nextDeadline();
  if (due !== undefined && due <= Date.now()) void host.fireTimers(Date.now());
}, 20);
const flushing = setInterval(flush, 50);
let lanes: Promise<unknown> = Promise.resolve();
let all: readonly string[] = [];

const start = (ids: readonly string[]): void => {
  all = ids;
  stopping = false;
  const of = Array.from({ length: LANES }, (_, n) => ids.filter((_id, i) => i % LANES === n));
  lanes = Promise.all(of.map(lane));
};

const rest = async (): Promise<void> => {
  stopping = true;
  await lanes;
  flush();
};

const handle = async (message: ToLife): Promise<void> => {
  switch (message.kind) {
    case "open":
      send({ kind: "opened", ids: await openAll(message.sessions) });
      return;
    case "verify":
      send({ kind: "verified", lost: await lost(message.answers) });
      return;
    case "work":
      start(message.ids);
      return;
    case "weigh":
      await rest();
      // All sessions are in memory when it is weighed, whoever has been worked on since the last kill.
      for (const id of all) must(await host.view(id));
      send({ kind: "weighed", heapMb: heap() });
      start(all);
      return;
    case "replay":
      await rest();
      send(await replayAll(message.ids));
      return;
    case "end":
      await rest();
      clearInterval(timers);
      clearInterval(flushing);
      await host.close();
      await store.close();
      process.disconnect();
  }
};

process.on("message", (message: ToLife) => {
  handle(message).catch((bug: unknown) => {
    console.error(bug);
    process.exit(3);
  });
});
send({ kind: "ready" });
