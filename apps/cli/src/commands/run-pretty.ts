import { analyse, type Imports } from "@parley/core";
import { systemClock, systemRandom } from "@parley/node";
import { playScenario, type Scenario, type Script } from "@parley/protocols";
import { createHost, type Host, type HostError, memoryStore, operator } from "@parley/runtime/host";
import type { EntryJson, NextAction, SessionView, ValueJson } from "@parley/wire/http";
import { pretty } from "../report/diagnostics.ts";
import { FINDINGS, OK } from "../report/exit.ts";
import { reachedFrom } from "../report/imports.ts";
import { playScript } from "./play-script.ts";
import type { Numbers } from "./run-golden.ts";

export interface RunOptions extends Numbers {
  readonly file: string;
  readonly source: string;
  readonly imports: Imports | undefined;
  readonly choose: "first" | "random";
  readonly scenario: Scenario | undefined;
  readonly script: Script | undefined;
  readonly seed: string | undefined;
  /** Entries after which a protocol that never ends is left. */
  readonly max: number;
}

type Opened =
  | { readonly ok: true; readonly session: SessionView }
  | { readonly ok: false; readonly why: string };

const describe = (error: HostError): string => {
  if (error.kind === "bad-bindings") return error.reason;
  if (error.kind === "bad-script") return error.problems.join("\n");
  if (error.kind !== "not-admitted") return error.kind;
  return error.admission.rules
    .filter(({ outcome }) => outcome === "refused")
    .map(({ title, reason }) => `not admitted: ${title}${reason === undefined ? "" : `: ${reason}`}`)
    .join("\n");
};

const openSession = async (host: Host, options: RunOptions): Promise<Opened> => {
  const { source, scenario, script, choose, seed } = options;
  const written = scenario ?? script;
  for (const other of options.imports === undefined ? [] : reachedFrom(options.imports))
    await host.createProtocol(operator, { name: other.path, source: other.source });
  const created = await host.createProtocol(operator, { name: "run", source });
  if (!created.ok) return { ok: false, why: describe(created.error) };
  const opened = await host.openSession(operator, {
    protocol: created.value.id,
    decisions: scenario ? "ask" : script ? "script" : choose,
    ...(script === undefined ? {} : { script: script.script }),
    // Timers fire only when the clock is moved, which a run never does.
    clock: "manual",
    families: { ...written?.families, ...options.families },
    names: { ...written?.names, ...options.names },
    ...(seed === undefined ? {} : { seed }),
  });
  return opened.ok ? { ok: true, session: opened.value.session } : { ok: false, why: describe(opened.error) };
};

/** The plainest value of a payload: runs by a policy have nobody to ask. */
const plainValue = (question: Extract<NextAction, { kind: "payload" }>): ValueJson => {
  switch (question.payloadSort) {
    case "Unit":
      return { kind: "unit" };
    case "Nat":
      return { kind: "nat", value: 0 };
    case "Bool":
      return { kind: "bool", value: false };
    case "String":
      return { kind: "str", value: "" };
    case "Opaque":
      return { kind: "opaque", type: question.payloadType, json: "null" };
  }
};

/** Runs on, giving plain payloads, until nothing is left to do; the reason when it stopped before. */
const playPolicy = async (host: Host, id: string, max: number): Promise<string | undefined> => {
  for (;;) {
    const view = await host.view(id);
    if (!view.ok) return view.error.kind;
    const { status, head, next } = view.value;
    if (status !== "active") return undefined;
    if (head >= max) return `left after ${head} entries`;
    const payload = next.find((action) => action.kind === "payload");
    if (payload) {
      const { seat, endpoint, step } = payload;
      const value = plainValue(payload);
      const given = await host.inputs(operator, id, {
        inputs: [{ kind: "payload", seat, endpoint, step, value }],
      });
      if (!given.ok) return given.error.kind;
      continue;
    }
    const started = await host.run(operator, id, { until: "end", maxEntries: max - head });
    if (!started.ok) return started.error.kind;
    await host.runEnded(id);
  }
};

/** What a role did without a message. */
const ownWords = (event: EntryJson["events"][number]): string => {
  if (event.kind === "decided") return `${event.role} takes ${event.outcome}`;
  if (event.kind === "left") return `${event.role} leaves ${event.scope}: ${event.outcome}`;
  const detail = (event.detail ?? {}) as Readonly<Record<string, unknown>>;
  const named =
    detail.what ?? detail.operation ?? detail.event ?? detail.publication ?? detail.name ?? detail.subject;
  return `${event.role} ${event.deed} ${String(named ?? "")}`.trimEnd();
};

const printEvent = (seq: number, event: EntryJson["events"][number]): void => {
  const place = String(seq).padStart(5);
  const edge = event.edge as { readonly from: string; readonly to: string } | undefined;
  if (event.kind === "sent" && edge) console.log(`${place}  ${edge.from} -> ${edge.to} : ${event.label}`);
  if (event.kind === "performed" || event.kind === "decided" || event.kind === "left")
    console.log(`${place}  ${ownWords(event)}`);
  if (event.kind === "faulted")
    console.log(`${place}  ${event.role} faulted: ${JSON.stringify(event.fault)}`);
};

const printMessages = async (host: Host, id: string): Promise<void> => {
  const log = await host.log(id, 0, Number.MAX_SAFE_INTEGER);
  if (!log.ok) return;
  for (const { seq, events } of log.value.items) for (const event of events) printEvent(seq, event);
};

/** Annotations that a guard would judge. */
const GUARDED = /\b(guard_capability|flow_cost|leak)\s*:/;

/** Runs a protocol in memory and lists its messages; status 1 when it faults or cannot go on. */
export const runPretty = async (options: RunOptions): Promise<number> => {
  const { file, source, scenario, max } = options;
  const { verdict, diagnostics } = analyse(source, {}, options.imports);
  if (verdict !== "sound") {
    console.log(pretty(file, source, diagnostics));
    return FINDINGS;
  }
  // No keys and tokens are kept for a run that is gone afterwards.
  if (GUARDED.test(source))
    console.log("Guards are not judged here: every message passes. A session of the studio judges them.");
  const store = memoryStore();
  const host = await createHost({ store, drafts: store, clock: systemClock, random: systemRandom });
  const opened = await openSession(host, options);
  if (!opened.ok) {
    console.log(opened.why);
    return FINDINGS;
  }
  const { id } = opened.session;
  let stopped: string | undefined;
  if (options.script !== undefined) stopped = await playScript(host, id, max);
  else if (scenario === undefined) stopped = await playPolicy(host, id, max);
  else {
    const played = await playScenario(host, id, scenario);
    stopped = played.ok ? undefined : played.reason;
  }
  await printMessages(host, id);
  const view = await host.view(id);
  if (!view.ok) return FINDINGS;
  const { status, head } = view.value;
  console.log(stopped === undefined ? status : `${status}: ${stopped}`);
  // A protocol without an end has done all it was asked.
  return status === "completed" || (status === "active" && head >= max) ? OK : FINDINGS;
};
