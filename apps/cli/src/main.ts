#!/usr/bin/env node
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { OK, USAGE, UsageError } from "./report/exit.ts";
import { usage } from "./report/usage.ts";

// Halves the start: everything after this is loaded from the cache, and stripped of its types only once.
enableCompileCache(join(import.meta.dirname, "../node_modules/.cache"));

// A reader that has seen enough, as in `parley … | head`, is no error.
process.stdout.on("error", (cause: NodeJS.ErrnoException) => {
  if (cause.code !== "EPIPE") throw cause;
  process.exit(OK);
});

type Command = (args: readonly string[]) => Promise<number>;

/** Loaded when asked for: `check` must not wait for the server's libraries. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import("./commands/check.ts")).check,
  project: async () => (await import("./commands/project.ts")).project,
  run: async () => (await import("./commands/run.ts")).run,
  simulate: async () => (await import("./commands/simulate.ts")).simulate,
  fmt: async () => (await import("./commands/fmt.ts")).fmt,
  draw: async () => (await import("./commands/draw.ts")).draw,
  compat: async () => (await import("./commands/compat.ts")).compat,
  lsp: async () => (await import("./lsp/lsp.ts")).lsp,
  explore: async () => (await import("./commands/explore.ts")).explore,
  topology: async () => (await import("./commands/topology.ts")).topology,
  conformance: async () => (await import("./commands/conformance.ts")).conformance,
  replay: async () => (await import("./commands/replay.ts")).replay,
  serve: async () => (await import("./commands/serve.ts")).serve,
  backup: async () => (await import("./commands/data.ts")).backupData,
  restore: async () => (await import("./commands/data.ts")).restoreData,
  rebuild: async () => (await import("./commands/data.ts")).rebuildData,
};

/** `parseArgs` throws these for an option it does not know. */
const isUsage = (cause: unknown): cause is Error =>
  cause instanceof UsageError ||
  (cause instanceof TypeError && String((cause as { code?: string }).code).startsWith("ERR_PARSE_ARGS"));

const main = async (argv: readonly string[]): Promise<number> => {
  const [name, ...args] = argv;
  if (name === "help" || name === "--help" || name === "-h") {
    console.log(usage);
    return OK;
  }
  const load = name === undefined || !Object.hasOwn(commands, name) ? undefined : commands[name];
  if (!load) {
    console.error(name === undefined ? usage : `parley: there is no command ${name}\n\n${usage}`);
    return USAGE;
  }
  try {
    return await (await load())(args);
  } catch (cause) {
    if (!isUsage(cause)) throw cause;
    console.error(`parley ${name}: ${cause.message}\n\n${usage}`);
    return USAGE;
  }
};

process.exitCode = await main(process.argv.slice(2));
