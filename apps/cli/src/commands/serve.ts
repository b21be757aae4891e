import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { startStudio } from "@parley/api";
import { dataFolder } from "@parley/node";
import { FINDINGS, OK, UsageError } from "../report/exit.ts";

const DEFAULT_PORT = 4747;
const project = resolve(import.meta.dirname, "../../../..");

const readPort = (text: string | undefined): number => {
  const port = text === undefined ? DEFAULT_PORT : /^\d{1,5}$/.test(text) ? Number(text) : -1;
  if (port < 0 || port > 65_535) throw new UsageError(`--port ${text} is not a port`);
  return port;
};

/** Starts the studio and stays until it is told to stop; what was answered is on disk by then. */
export const serve = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: { port: { type: "string" }, data: { type: "string" }, host: { type: "string" } },
  });
  // From the first moment on: a signal during the start must stop cleanly too, and a second one must not cut that short.
  const told = new Promise<void>((stop) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => stop());
  });
  const web = join(project, "apps/web/dist");
  const result = await startStudio({
    folder: values.data === undefined ? dataFolder(project) : resolve(values.data),
    port: readPort(values.port ?? process.env.PARLEY_PORT),
    ...(values.host ? { hostname: values.host } : {}),
    ...(existsSync(web) ? { web } : {}),
  });
  if (!result.ok) {
    console.error(`parley serve: ${result.reason}`);
    return FINDINGS;
  }
  const { studio } = result;
  console.log(`Parley is running at ${studio.url}`);
  await told;
  await studio.stop();
  return OK;
};
