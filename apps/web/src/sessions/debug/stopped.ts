import type { SessionView } from "@parley/wire/http";
import { useEffect } from "react";
import { announce } from "../../ui/announcer.tsx";
import { toast } from "../../ui/toast.tsx";
import { type Breakpoint, noteHit } from "./marks.ts";
import { changeMarks } from "./use-marks.ts";

/** Breakpoints of the runs this page has started and not yet seen the end of. */
const started = new Map<string, readonly Breakpoint[]>();

export const startedWith = (run: string, breakpoints: readonly Breakpoint[]): void =>
  void started.set(run, breakpoints);

/** Says what stopped a run of this page, once, and counts the breakpoint's hit. */
export const useStopped = ({ run, protocol }: SessionView): void => {
  useEffect(() => {
    if (run === null || run.state === "running") return;
    const breakpoints = started.get(run.id);
    if (breakpoints === undefined) return;
    started.delete(run.id);
    const { stopped } = run;
    if (stopped === undefined) return;
    const hit = stopped.index === null ? undefined : breakpoints[stopped.index];
    if (hit) changeMarks(protocol.id, (marks) => noteHit(marks, hit.id));
    const text = `Stopped at position ${stopped.at}: ${stopped.what}`;
    announce(text);
    toast({ text });
  }, [run, protocol.id]);
};
