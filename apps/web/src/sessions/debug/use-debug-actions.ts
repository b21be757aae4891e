import { useMemo } from "react";
import { useSelection } from "../../selection/selection.ts";
import { announce } from "../../ui/announcer.tsx";
import type { OpenSession } from "../session-context.ts";
import { type SessionAction, useActionsOfSession } from "../use-actions-of-session.ts";
import type { Playback } from "../use-playing.ts";
import { setFocus } from "./focus.ts";
import { enabledOf, messageStop, toggleStop } from "./marks.ts";
import { changeMarks, marksOf } from "./use-marks.ts";

interface Controls {
  readonly playback: Playback;
  readonly showSide: (side: "message" | "why" | "watch") => void;
  readonly search: () => void;
}

/** Sets or removes the breakpoint of the selected message. */
const toggleSelected = (protocol: string): void => {
  const { edge } = useSelection.getState().selection;
  if (edge === undefined) {
    announce("Select a message first");
    return;
  }
  const before = marksOf(protocol).breakpoints.length;
  changeMarks(protocol, (marks) => toggleStop(marks, messageStop(edge)));
  announce(marksOf(protocol).breakpoints.length > before ? `Breakpoint at ${edge}` : "Breakpoint removed");
};

/** Breakpoints, watching and asking why, for keys, palette and help. */
export const useDebugActions = ({ data, commands }: OpenSession, controls: Controls): void => {
  const protocol = data.head.protocol.id;
  const { playback, showSide, search } = controls;
  const actions = useMemo<readonly SessionAction[]>(() => {
    const runToBreakpoint = (): void => {
      if (enabledOf(marksOf(protocol)).length === 0) announce("No breakpoint is set");
      else commands.run();
    };
    const runToSelected = (): void => {
      const { edge } = useSelection.getState().selection;
      if (edge === undefined) announce("Select a message first");
      else commands.run(messageStop(edge));
    };
    return [
      ["breakpoint", "Breakpoint on the selected message", ["b"], () => toggleSelected(protocol)],
      ["toBreakpoint", "Run to next breakpoint", ["Shift+r"], runToBreakpoint, commands.canStep],
      ["toMessage", "Run to the selected message", ["m"], runToSelected, commands.canStep],
      ["why", "Why does a role wait?", ["w"], () => showSide("why")],
      ["causes", "Why did the selected event happen?", ["Shift+w"], () => showSide("message")],
      ["watch", "Watch and breakpoints", ["Shift+b"], () => showSide("watch")],
      ["unfold", "Show everything again", [], () => setFocus(undefined)],
      ["search", "Search this session's runs for a state", ["s"], search],
      ["slower", "Play slower", ["["], () => playback.faster(-1)],
      ["faster", "Play faster", ["]"], () => playback.faster(1)],
    ];
  }, [protocol, commands, playback.faster, showSide, search]);
  useActionsOfSession(actions);
};
