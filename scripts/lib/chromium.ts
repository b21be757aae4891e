import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { run } from "./run.ts";

/** Chromium without the parts that draw windows: the same pages, for a third less of the processor. */
const SHELL = "chromium-headless-shell";

const executable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onPath = (names: readonly string[]): string | undefined => {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable);
};

const present = (): string | undefined => {
  const named = process.env.PARLEY_CHROMIUM;
  if (named) return named;
  const own = chromium.executablePath();
  const system = onPath([SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]);
  return system ?? (existsSync(own) ? own : undefined);
};

const asRoot = (): boolean => process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;

/** Installs a Debian package; a mirror that does not answer is not waited for. */
const installPackage = (name: string): void => {
  const waits = ["-o", "Acquire::Retries=1", "-o", "Acquire::http::Timeout=20"];
  run("apt-get", [...waits, "update", "-qq"]);
  run("apt-get", [...waits, "install", "-y", "-qq", name]);
};

/**
 * A Chromium to drive: `PARLEY_CHROMIUM`, the system's (its headless shell
 * first), Playwright's own; else Playwright's is installed, and where it
 * cannot be downloaded the Debian package. Where `CI` is set the machine is
 * nobody's own: the headless shell is installed there even beside a browser.
 */
export const findChromium = async (): Promise<string> => {
  const named = process.env.PARLEY_CHROMIUM !== undefined && process.env.PARLEY_CHROMIUM !== "";
  if (process.env.CI && !named && onPath([SHELL]) === undefined && asRoot()) installPackage(SHELL);
  const found = present();
  if (found) return found;
  run("playwright", ["install", "chromium"]);
  if (!present() && asRoot()) installPackage("chromium");
  const installed = present();
  if (!installed) throw new Error("No Chromium to test with: set PARLEY_CHROMIUM to one.");
  return installed;
};
