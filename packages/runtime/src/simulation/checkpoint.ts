import type { CodeImage } from "../machine/code/image.ts";
import { decodeMachine, encodeMachine, type SnapshotError } from "../machine/snapshot.ts";
import type { Scenario } from "./scenario.ts";
import { copyState, diceFor, type Sim, type SimState } from "./sim-state.ts";

/** A moment of a run to go on from: the machine's bytes and everything beside it. */
export interface Checkpoint {
  readonly tick: number;
  readonly round: number;
  readonly machine: Uint8Array;
  readonly state: Readonly<SimState>;
  /** Decisions made before. */
  readonly decided: number;
}

export const takeCheckpoint = ({ machine, state, decisions }: Sim): Checkpoint => ({
  tick: machine.tick,
  round: state.rounds,
  machine: encodeMachine(machine),
  state: copyState(state),
  decided: decisions.length,
});

export type Resumed =
  | { readonly ok: true; readonly sim: Sim }
  | { readonly ok: false; readonly error: SnapshotError };

/** The run as it was at a checkpoint. Trace and incidents begin anew; monitors go on where they were. */
export const fromCheckpoint = (image: CodeImage, scenario: Scenario, checkpoint: Checkpoint): Resumed => {
  const found = decodeMachine(image, checkpoint.machine);
  if (!found.ok) return found;
  const state = copyState(checkpoint.state);
  return {
    ok: true,
    sim: {
      scenario,
      machine: found.machine,
      state,
      trace: [],
      incidents: [],
      decisions: [],
      samples: [],
      dice: diceFor(state),
    },
  };
};

/** The latest checkpoint at or before a tick. */
export const nearestBefore = (checkpoints: readonly Checkpoint[], tick: number): Checkpoint | undefined =>
  checkpoints.findLast((checkpoint) => checkpoint.tick <= tick);
