import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../..");
const node = join(root, "node_modules/node/bin/node");

/** A real server on its own data folder; `restart` keeps the folder and the port. */
export interface StudioProcess {
  readonly url: string;
  stop(): Promise<void>;
  /** As a crash would: no goodbye. */
  kill(): Promise<void>;
  restart(): Promise<void>;
  dispose(): Promise<void>;
}

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

const launch = (folder: string, port: number): Promise<Running> =>
  new Promise((done, failed) => {
    const main = join(root, "apps/cli/src/main.ts");
    const child = spawn(node, [main, "serve", "--port", String(port), "--data", folder], {
      stdio: ["ignore", "pipe", "pipe"],
      // Migrations can be made to fail half way; nothing else is other than for people.
      env: { ...process.env, PARLEY_TESTING: "failing-migrations" },
    });
    let output = "";
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const url = /running at (\S+)/.exec(output)?.[1];
      if (url) done({ child, url });
    };
    child.stdout.on("data", read);
    child.stderr.on("data", read);
    child.once("exit", (code) => failed(new Error(`the server ended with ${code}: ${output}`)));
  });

const end = (child: ChildProcess, signal: NodeJS.Signals): Promise<void> =>
  new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once("exit", () => done());
    child.kill(signal);
  });

export const startStudioProcess = async (): Promise<StudioProcess> => {
  const folder = mkdtempSync(join(tmpdir(), "parley-e2e-"));
  let running = await launch(folder, 0);
  const { url } = running;
  return {
    url,
    stop: () => end(running.child, "SIGTERM"),
    kill: () => end(running.child, "SIGKILL"),
    restart: async () => {
      await end(running.child, "SIGTERM");
      running = await launch(folder, Number(new URL(url).port));
    },
    dispose: async () => {
      await end(running.child, "SIGTERM");
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
