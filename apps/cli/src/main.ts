#!/usr/bin/env node
import { check } from "./commands/check.ts";
import { conformance } from "./commands/conformance.ts";
import { backupData, rebuildData, restoreData } from "./commands/data.ts";
import { fmt } from "./commands/fmt.ts";
import { project } from "./commands/project.ts";
import { replay } from "./commands/replay.ts";
import { run } from "./commands/run.ts";
import { serve } from "./commands/serve.ts";
import { OK, USAGE, UsageError } from "./report/exit.ts";
import { usage } from "./report/usage.ts";

const commands: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  check,
  project,
  run,
  fmt,
  conformance,
  replay,
  serve,
  backup: backupData,
  restore: restoreData,
  rebuild: rebuildData,
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
  const command = name === undefined ? undefined : commands[name];
  if (!command) {
    console.error(name === undefined ? usage : `parley: there is no command ${name}\n\n${usage}`);
    return USAGE;
  }
  try {
    return await command(args);
  } catch (cause) {
    if (!isUsage(cause)) throw cause;
    console.error(`parley ${name}: ${cause.message}\n\n${usage}`);
    return USAGE;
  }
};

process.exitCode = await main(process.argv.slice(2));
