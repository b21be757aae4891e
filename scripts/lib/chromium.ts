import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { run } from "./run.ts";

const executable = (path: string): boolean => {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const onPath = (): string | undefined => {
  const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
  const folders = (process.env.PATH ?? "").split(delimiter);
  return names.flatMap((name) => folders.map((folder) => join(folder, name))).find(executable);
};

const present = (): string | undefined => {
  const named = process.env.PARLEY_CHROMIUM;
  if (named) return named;
  const own = chromium.executablePath();
  return onPath() ?? (existsSync(own) ? own : undefined);
};

const asRoot = (): boolean => process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0;

/**
 * A Chromium to drive: `PARLEY_CHROMIUM`, the system's, Playwright's own; else
 * Playwright's is installed, and where it cannot be downloaded the Debian package.
 */
export const findChromium = async (): Promise<string> => {
  const found = present();
  if (found) return found;
  run("playwright", ["install", "chromium"]);
  if (!present() && asRoot()) {
    run("apt-get", ["update", "-qq"]);
    run("apt-get", ["install", "-y", "-qq", "chromium"]);
  }
  const installed = present();
  if (!installed) throw new Error("No Chromium to test with: set PARLEY_CHROMIUM to one.");
  return installed;
};
