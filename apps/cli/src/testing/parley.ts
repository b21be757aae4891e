import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

const main = new URL("../main.ts", import.meta.url).pathname;

/** What a command said and how it ended. */
export interface Said {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** The output as JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into output freely
  json(): any;
}

/** Runs the command as a person would. */
export const parley = (...args: readonly string[]): Promise<Said> =>
  new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { maxBuffer: 1 << 27 }, (error, out, err) => {
      const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
      resolve({ code, out, err, json: () => JSON.parse(out) });
    });
  });

/** A folder of the test's own, with these files in it. */
export const folderWith = (files: Readonly<Record<string, string>> = {}): string => {
  const folder = mkdtempSync(join(tmpdir(), "parley-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

export const sound = `module greet exposing (Greet)
protocol Greet =
  roles A, B
  A -> B : Hello of greet.Words
  choice B at
    | Yes =>
      B -> A : Yes
    | No =>
      B -> A : No
`;

/** Two errors on two lines. */
export const broken = `module broken exposing (Broken)
protocol Broken =
  roles A, B
  A -> C : Hello
  A -> A : Self
`;
