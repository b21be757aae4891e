import { useCallback, useEffect, useState } from "react";
import { announce } from "../ui/announcer.tsx";
import { shownAt } from "./timeline-model.ts";
import type { Commands } from "./use-commands.ts";
import type { SessionData } from "./use-session-data.ts";

const FRAME_MS = 450;

/** Plays on: the past position by position, then the machine step by step until somebody must act. */
export const usePlaying = (
  data: SessionData,
  commands: Commands,
): { readonly playing: boolean; readonly toggle: () => void } => {
  const [playing, setPlaying] = useState(false);
  const { past, place } = data;
  const { busy, canStep, step, go } = commands;
  const asked = data.head.next.some(({ kind }) => kind !== "advance");
  useEffect(() => {
    if (!playing || busy) return;
    if (!past && (!canStep || asked)) return setPlaying(false);
    const timer = setTimeout(() => (past ? go(shownAt(place) + 1) : step()), FRAME_MS);
    return () => clearTimeout(timer);
  }, [playing, busy, past, canStep, asked, place, go, step]);
  const toggle = useCallback(() => {
    if (!past && (asked || !canStep)) announce("Nothing can play until someone acts");
    else setPlaying((before) => !before);
  }, [past, asked, canStep]);
  return { playing, toggle };
};
