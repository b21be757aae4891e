import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { appendFile, rm } from "node:fs/promises";
import { join } from "node:path";
import type { AppendUnit, Stage } from "@parley/runtime/host";
import type { StagedStream } from "../writer/writer-message.ts";
import { stagedBytes } from "./staged-file.ts";

/** Where streams are put aside, beside the database: a folder a stage. */
const FOLDER = "staged";

const stages = new WeakMap<Stage, ReadonlyMap<string, StagedStream>>();

/** A stage of files in the data folder, one a stream: what is put aside takes no memory. */
export const openStage = (folder: string): Stage => {
  const home = join(folder, FOLDER);
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const own = mkdtempSync(join(home, "import-"));
  const files = new Map<string, StagedStream>();
  const stage: Stage = {
    add: async (stream, kind, entries) => {
      const file = files.get(stream) ?? { stream, kind, path: join(own, String(files.size)) };
      files.set(stream, file);
      await appendFile(file.path, stagedBytes(entries), { mode: 0o600 });
    },
    drop: () => rm(own, { recursive: true, force: true }),
  };
  stages.set(stage, files);
  return stage;
};

/** The files of the streams a unit takes in. */
export const stagedFiles = ({
  stage,
  streams,
}: NonNullable<AppendUnit["staged"]>): readonly StagedStream[] => {
  const files = stages.get(stage);
  if (files === undefined) throw new Error("streams were put aside in another store");
  return streams.flatMap((stream) => files.get(stream) ?? []);
};

/** What a process that died left behind. */
export const dropStages = (folder: string): void =>
  rmSync(join(folder, FOLDER), { recursive: true, force: true });
