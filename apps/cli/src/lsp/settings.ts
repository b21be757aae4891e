import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { noConfig, type ParleyConfig } from "@parley/core";
import { configReader } from "../report/config.ts";

/** What `parley.json` says about each text, as `parley check` reads it. One that cannot be read counts as empty. */
export class Settings {
  private read = configReader(undefined);
  private readonly complain: (reason: string) => void;
  private readonly said = new Set<string>();

  constructor(complain: (reason: string) => void) {
    this.complain = complain;
  }

  /** After a `parley.json` has changed. */
  reload(): void {
    this.read = configReader(undefined);
    this.said.clear();
  }

  of(uri: string): ParleyConfig {
    if (!uri.startsWith("file:")) return noConfig;
    try {
      return this.read(fileURLToPath(uri));
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      if (!this.said.has(reason)) this.complain(reason);
      this.said.add(reason);
      return noConfig;
    }
  }

  /** Link bundles that the settings of these folders register. */
  bundles(folders: Iterable<string>): readonly string[] {
    const uris = [...folders].map((folder) => pathToFileURL(join(folder, "x.tell")).href);
    return [...new Set(uris.flatMap((uri) => this.of(uri).bundles))].sort();
  }
}
