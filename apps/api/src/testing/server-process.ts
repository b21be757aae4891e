import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onTestFinished } from "vitest";

const command = new URL("../../../cli/src/main.ts", import.meta.url).pathname;

/** How a process ended. */
export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What it said on stderr. */
  readonly complaint: string;
}

/** `parley serve` in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

/** Starts the real server on a data folder; answers how it ended when it did so before it was up. */
export const startServer = (folder: string, port = 0): Promise<ServerProcess | Ended> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [command, "serve", "--port", String(port), "--data", folder], {
      stdio: ["ignore", "pipe", "pipe"],
    });
    // A test that fails must not leave a server behind.
    onTestFinished(() => void child.kill("SIGKILL"));
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint += text;
    });
    const ended = new Promise<Ended>((end) => {
      child.on("close", (code, signal) => end({ code, signal, complaint }));
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      const url = /http:\S+/.exec(line)?.[0];
      if (url) resolve({ url, child, ended });
    });
    void ended.then(resolve);
  });

/** The same, where it must come up. */
export const serverUp = async (folder: string): Promise<ServerProcess> => {
  const started = await startServer(folder);
  if (!("url" in started)) throw new Error(`the server did not start: ${JSON.stringify(started)}`);
  return started;
};
