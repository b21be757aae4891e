import { useCallback, useEffect, useState } from "react";
import { announce } from "../ui/announcer.tsx";
import { type Speed, speedFrom, speeds } from "./debug/speed.ts";
import { shownAt } from "./timeline-model.ts";
import type { Commands } from "./use-commands.ts";
import type { SessionData } from "./use-session-data.ts";

const FRAME_MS = 450;
const KEY = "parley.speed";

export interface Playback {
  readonly playing: boolean;
  readonly toggle: () => void;
  readonly speed: Speed;
  readonly setSpeed: (speed: Speed) => void;
  /** One speed up or down. */
  readonly faster: (by: 1 | -1) => void;
}

const kept = (): Speed => {
  try {
    return speedFrom(localStorage.getItem(KEY));
  } catch {
    return 1;
  }
};

const useSpeed = (): Pick<Playback, "speed" | "setSpeed" | "faster"> => {
  const [speed, set] = useState(kept);
  const setSpeed = useCallback((next: Speed) => {
    set(next);
    announce(`Plays at ${next} times`);
    try {
      localStorage.setItem(KEY, String(next));
    } catch {
      // Full, or forbidden.
    }
  }, []);
  const faster = useCallback(
    (by: 1 | -1) => setSpeed(speeds[speeds.indexOf(speed) + by] ?? speed),
    [speed, setSpeed],
  );
  return { speed, setSpeed, faster };
};

/** Plays on: the past position by position, then the machine step by step until somebody must act. */
export const usePlaying = (data: SessionData, commands: Commands): Playback => {
  const [playing, setPlaying] = useState(false);
  const { speed, setSpeed, faster } = useSpeed();
  const { past, place } = data;
  const { busy, canStep, step, go } = commands;
  const asked = data.head.next.some(({ kind }) => kind !== "advance");
  useEffect(() => {
    if (!playing || busy) return;
    if (!past && (!canStep || asked)) return setPlaying(false);
    const timer = setTimeout(() => (past ? go(shownAt(place) + 1) : step()), FRAME_MS / speed);
    return () => clearTimeout(timer);
  }, [playing, busy, past, canStep, asked, place, go, step, speed]);
  const toggle = useCallback(() => {
    if (!past && (asked || !canStep)) announce("Nothing can play until someone acts");
    else setPlaying((before) => !before);
  }, [past, asked, canStep]);
  return { playing, toggle, speed, setSpeed, faster };
};
