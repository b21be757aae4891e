import { useMemo, useState } from "react";
import type { Action } from "../actions/action.ts";
import { useActions } from "../actions/registry.ts";
import { Button } from "../ui/button.tsx";
import { type Budget, sizesText } from "./soundness.ts";
import type { SoundnessState } from "./use-soundness.ts";

const STATES = [2_000, 20_000, 200_000] as const;
const BOUNDS = [2, 8, 32, 128] as const;

const number = (n: number): string => n.toLocaleString("en");

const statusText = ({ phase, progress, verdicts }: SoundnessState): string => {
  switch (phase) {
    case "running": {
      if (!progress) return "Trying every run …";
      const sizes = sizesText(progress.bindings);
      return `${sizes === "" ? "" : `With ${sizes}: `}${number(progress.states)} of at most ${number(progress.limit)} states`;
    }
    case "stopped":
      return "Stopped before the end.";
    case "done":
      return verdicts.every(({ sound }) => sound.exploration.outcome === "complete")
        ? "Every run was tried."
        : "Not every run was tried: a larger budget may tell more.";
    case "idle":
    case "failed":
      return "";
  }
};

/** How far to look, the way to start and to stop, and how far it has got. */
export const SoundnessBar = ({ state }: { readonly state: SoundnessState }) => {
  const [budget, setBudget] = useState<Budget>(state.budget);
  const running = state.phase === "running";
  const { explore, stop } = state;
  const actions = useMemo<readonly Action[]>(
    () => [
      { id: "soundness.try", label: "Try every run", group: "Protocol", run: () => explore(budget) },
      { id: "soundness.stop", label: "Stop trying runs", group: "Protocol", enabled: running, run: stop },
    ],
    [explore, stop, budget, running],
  );
  useActions(actions);
  return (
    <div className="soundness-bar">
      <label>
        States
        <select
          value={budget.states}
          onChange={({ target }) => setBudget({ ...budget, states: Number(target.value) })}
        >
          {STATES.map((states) => (
            <option key={states} value={states}>
              up to {number(states)}
            </option>
          ))}
        </select>
      </label>
      <label>
        On the way
        <select
          value={budget.bound}
          onChange={({ target }) => setBudget({ ...budget, bound: Number(target.value) })}
        >
          {BOUNDS.map((bound) => (
            <option key={bound} value={bound}>
              up to {bound} a pair
            </option>
          ))}
        </select>
      </label>
      {running ? (
        <Button small icon="cross" onClick={stop}>
          Stop
        </Button>
      ) : (
        <Button small icon="play" onClick={() => explore(budget)}>
          Try every run
        </Button>
      )}
      <span role="status">{statusText(state)}</span>
    </div>
  );
};
