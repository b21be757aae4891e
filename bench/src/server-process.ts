import { type ChildProcess, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";

const command = join(import.meta.dirname, "../../apps/cli/src/main.ts");

/** `parley serve` in a process of its own, on a data folder. */
export interface Server {
  readonly url: URL;
  /** Processor time it has taken so far, ms; unlike a rate it does not count what else the machine does. */
  cpuMs(): number;
  /** Resident memory, MB. */
  memoryMb(): number;
  stop(): Promise<void>;
}

const residentMb = ({ pid }: ChildProcess): number => {
  const kb = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return Math.round(Number(kb) / 1024);
};

/** Clock ticks a second, as Linux reports processor time. */
const TICKS = 100;

const processorMs = ({ pid }: ChildProcess): number => {
  // The name in brackets may hold spaces; user and system time are the 12th and 13th behind it.
  const fields = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / TICKS;
};

/** Starts the real server and waits until it says where it listens. */
export const startServer = (folder: string): Promise<Server> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [command, "serve", "--port", "0", "--data", folder], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const ended = new Promise<void>((done) => {
      child.on("close", () => {
        reject(new Error("the server ended"));
        done();
      });
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const url = /http:\S+/.exec(line)?.[0];
      if (url === undefined) return;
      resolve({
        url: new URL(url),
        cpuMs: () => processorMs(child),
        memoryMb: () => residentMb(child),
        stop: () => {
          child.kill("SIGTERM");
          return ended;
        },
      });
    });
  });
