import { spawn } from "node:child_process";
import { createInterface } from "node:readline";

/** A program to be killed: it prints one line (`sayLine`) for each thing it has answered, and never ends by itself. */
export interface Victim {
  readonly script: URL;
  readonly args: readonly string[];
  /** Added to this process's environment. */
  readonly env?: { readonly [name: string]: string };
}

/**
 * Runs a victim and kills it with SIGKILL as soon as it has printed `lines`
 * lines, wherever it is by then. Answers everything it had printed when it
 * died, which may be more. Rejects when it ended by itself, with what it said.
 *
 * @example const printed = await killAfterLines({ script, args: [folder] }, 1 + random.below(60));
 */
export const killAfterLines = (victim: Victim, lines: number): Promise<readonly string[]> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [victim.script.pathname, ...victim.args], {
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...victim.env },
    });
    const printed: string[] = [];
    let complaint = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint += text;
    });
    createInterface({ input: child.stdout }).on("line", (line) => {
      printed.push(line);
      if (printed.length === lines) child.kill("SIGKILL");
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (signal === "SIGKILL") resolve(printed);
      else reject(new Error(`the victim ended by itself (${code ?? signal}): ${complaint}`));
    });
  });
