import type { Value } from "@parley/wire";
import { decodeImage } from "../machine/code/image.ts";
import { commit } from "../machine/commit.ts";
import type { MachineConfig } from "../machine/config.ts";
import { closeSession, inject } from "../machine/controls.ts";
import { type MachineHashes, machineHashes } from "../machine/hash.ts";
import { createMachine, openSession } from "../machine/open.ts";
import { plan } from "../machine/plan.ts";
import type { Answers } from "../machine/request.ts";
import { type EngineResult, engineDone, engineFailed, interpreter } from "./engine-error.ts";

/** One thing a session took from outside. */
export type EngineStep =
  | { readonly kind: "round"; readonly answers: Answers }
  | {
      readonly kind: "deliver";
      readonly from: string;
      readonly to: string;
      readonly label: string;
      readonly value: Value;
    }
  | { readonly kind: "close" };

/** A session of an engine, as plain data. */
export interface EngineRecording {
  /** Canonical bytes of its image. */
  readonly image: Uint8Array;
  readonly config: MachineConfig;
  readonly steps: readonly EngineStep[];
}

/** Folds a recording again; its hashes are those of the run it was taken from. */
export const replayRecording = (recording: EngineRecording): EngineResult<MachineHashes> => {
  const read = decodeImage(recording.image);
  if (!read.ok)
    return engineFailed({
      code: "PAR8270",
      variant: "ConformanceArtifact",
      reason: `the image is ${read.error.kind}`,
    });
  const machine = createMachine(read.image, recording.config);
  const opened = openSession(machine);
  if (!opened.ok) return engineFailed(interpreter(opened.error.kind));
  for (const step of recording.steps) {
    if (step.kind === "round") commit(machine, plan(machine), step.answers);
    else if (step.kind === "close") closeSession(machine, opened.sid);
    else {
      const { from, to, label, value } = step;
      const done = inject(machine, { sid: opened.sid, from, to, label, payload: value });
      if (!done.ok)
        return engineFailed({
          code: "PAR8270",
          variant: "ConformanceArtifact",
          reason: `${label} cannot be delivered again`,
        });
    }
  }
  return engineDone(machineHashes(machine));
};
