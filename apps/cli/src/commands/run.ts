import { parseArgs } from "node:util";
import { answer } from "@parley/conformance";
import { systemClock, systemRandom } from "@parley/node";
import { playScenario, readScenario } from "@parley/protocols";
import { createHost, type Host, memoryStore, operator } from "@parley/runtime/host";
import type { SessionView } from "@parley/wire/http";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";
import { readFormat, readText } from "../report/input.ts";

interface RunOptions {
  readonly source: string;
  readonly choose: "first" | "random" | undefined;
  readonly scenario: string | undefined;
  readonly families: Record<string, number>;
  readonly names: Record<string, number>;
  readonly seed: string | undefined;
  readonly max: number;
}

const pairs = (texts: readonly string[], option: string): Record<string, number> =>
  Object.fromEntries(
    texts.map((text) => {
      const [name, size] = text.split("=");
      if (!name || !/^\d+$/.test(size ?? ""))
        throw new UsageError(`--${option} takes NAME=NUMBER, not ${text}`);
      return [name, Number(size)];
    }),
  );

const openSession = async (host: Host, options: RunOptions): Promise<SessionView | string> => {
  const created = await host.createProtocol(operator, { name: "run", source: options.source });
  if (!created.ok) return created.error.kind;
  const saved = await host.saveVersion(operator, created.value.id, { source: options.source });
  if (!saved.ok) return saved.error.kind;
  const scenario = options.scenario === undefined ? undefined : readScenario(options.scenario);
  const opened = await host.openSession(operator, {
    protocol: created.value.id,
    decisions: scenario ? "ask" : (options.choose ?? "first"),
    families: { ...scenario?.families, ...options.families },
    names: { ...scenario?.names, ...options.names },
    ...(options.seed === undefined ? {} : { seed: options.seed }),
  });
  return opened.ok ? opened.value.session : `${opened.error.kind}: ${JSON.stringify(opened.error)}`;
};

const printMessages = async (host: Host, id: string): Promise<void> => {
  const log = await host.log(id, 0, 1_000_000);
  if (!log.ok) return;
  for (const { seq, events } of log.value.items) {
    for (const event of events) {
      const edge = event.edge as { from: string; to: string } | undefined;
      if (event.kind === "sent" && edge)
        console.log(`${String(seq).padStart(5)}  ${edge.from} -> ${edge.to} : ${event.label}`);
      if (event.kind === "faulted")
        console.log(`${String(seq).padStart(5)}  ${event.role} faulted: ${JSON.stringify(event.fault)}`);
    }
  }
};

const runPretty = async (options: RunOptions): Promise<number> => {
  const store = memoryStore();
  const host = await createHost({ store, drafts: store, clock: systemClock, random: systemRandom });
  const session = await openSession(host, options);
  if (typeof session === "string") {
    console.log(session);
    return FINDINGS;
  }
  if (options.scenario === undefined) {
    await host.run(operator, session.id, { until: "end", maxEntries: options.max });
    await host.runEnded(session.id);
  } else {
    const played = await playScenario(host, session.id, readScenario(options.scenario));
    if (!played.ok) console.log(`stopped: ${played.reason}`);
  }
  await printMessages(host, session.id);
  const view = await host.view(session.id);
  const status = view.ok ? view.value.status : view.error.kind;
  console.log(status);
  return status === "faulted" ? FINDINGS : OK;
};

/** Runs a protocol on the machine: `--format json` in the golden form, otherwise as a list of messages. */
export const run = async (args: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: {
      format: { type: "string" },
      choose: { type: "string" },
      scenario: { type: "string" },
      seed: { type: "string" },
      max: { type: "string" },
      family: { type: "string", multiple: true },
      name: { type: "string", multiple: true },
    },
  });
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) throw new UsageError("which file?");
  const { choose } = values;
  if (choose !== undefined && choose !== "first" && choose !== "random") {
    throw new UsageError(`--choose is first or random, not ${choose}`);
  }
  const source = readText(file);
  if (readFormat(values.format) === "json") {
    if (choose === "random") throw new UsageError("the golden form takes first labels; use --choose first");
    const golden = answer(file.endsWith(".json") ? "machine" : "language", source);
    console.log(JSON.stringify(golden, null, 1));
    return file.endsWith(".json") || golden.runs !== undefined ? OK : FINDINGS;
  }
  return runPretty({
    source,
    choose,
    scenario: values.scenario === undefined ? undefined : readText(values.scenario),
    families: pairs(values.family ?? [], "family"),
    names: pairs(values.name ?? [], "name"),
    seed: values.seed,
    max: Number(values.max ?? 10_000),
  });
};
