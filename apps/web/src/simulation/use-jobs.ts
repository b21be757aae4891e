import type { SweepRow } from "@parley/runtime/simulation";
import { useCallback, useEffect, useRef, useState } from "react";
import { announce } from "../ui/announcer.tsx";
import type {
  MinimisedView,
  ReplayView,
  RunPlace,
  RunView,
  Simulated,
  SweepForm,
  TestOutcome,
} from "./simulation.ts";
import { SimulationClient, startSweep } from "./simulation-client.ts";

type Phase = "idle" | "running" | "done" | "cancelled" | "failed";

/** A sweep that runs, or has run: of which scenario, how, and what it showed so far. */
export interface SweepState {
  readonly phase: Phase;
  readonly text: string;
  readonly form: SweepForm;
  readonly size: number;
  readonly rows: readonly SweepRow[];
  readonly why: string | undefined;
}

/** One thing that is worked on, and what came of it. */
export interface JobState<T> {
  readonly phase: Phase;
  readonly value: T | undefined;
  /** Runs that were tried so far, where that is told. */
  readonly runs: number;
  readonly why: string | undefined;
}

const IDLE = { phase: "idle", value: undefined, runs: 0, why: undefined } as const;
const NO_SWEEP: SweepState = {
  phase: "idle",
  text: "",
  form: { seeds: "", params: [] },
  size: 0,
  rows: [],
  why: undefined,
};

const SHOW_MS = 120;

/** Sweeps: on several workers, shown as they come, ended at any time. */
export const useSweep = (protocol: Simulated | undefined) => {
  const [state, setState] = useState(NO_SWEEP);
  const running = useRef<ReturnType<typeof startSweep>>(undefined);
  const key = useRef(0);
  const found = useRef<SweepRow[]>([]);

  useEffect(() => () => running.current?.cancel(), []);

  const start = (text: string, form: SweepForm, size: number): void => {
    if (protocol === undefined) return;
    running.current?.cancel();
    key.current += 1;
    const own = key.current;
    const rowsNow: SweepRow[] = [];
    found.current = rowsNow;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const show = (more: Partial<SweepState>): void => {
      clearTimeout(timer);
      timer = undefined;
      if (own === key.current) setState((before) => ({ ...before, ...more, rows: [...rowsNow] }));
    };
    setState({ phase: "running", text, form, size, rows: [], why: undefined });
    const onRows = (rows: readonly SweepRow[]): void => {
      rowsNow.push(...rows);
      timer ??= setTimeout(() => show({}), SHOW_MS);
    };
    const job = startSweep({ protocol, text, form, size, onRows });
    running.current = job;
    job.done.then(
      () => {
        show({ phase: "done" });
        announce(
          `The sweep is done: ${rowsNow.filter(({ passed }) => !passed).length} of ${size} runs failed`,
        );
      },
      (cause: Error) => show({ phase: "failed", why: cause.message }),
    );
  };

  const cancel = (): void => {
    running.current?.cancel();
    running.current = undefined;
    key.current += 1;
    setState((before) =>
      before.phase === "running" ? { ...before, phase: "cancelled", rows: [...found.current] } : before,
    );
    announce("The sweep was cancelled; what is done is kept");
  };

  return { state, start, cancel };
};

/** Work of one worker at a time, newest first: another job ends the one before. */
const useJob = <T>() => {
  const [state, setState] = useState<JobState<T>>(IDLE);
  const client = useRef<SimulationClient>(undefined);
  useEffect(() => () => client.current?.end(), []);

  const begin = useCallback((protocol: Simulated): SimulationClient => {
    client.current?.end();
    const made = new SimulationClient(protocol);
    client.current = made;
    setState({ ...IDLE, phase: "running" });
    return made;
  }, []);
  const update = useCallback((from: SimulationClient, change: Partial<JobState<T>>): void => {
    if (client.current === from) setState((before) => ({ ...before, ...change }));
  }, []);
  const finish = useCallback((from: SimulationClient): void => {
    from.end();
    if (client.current === from) client.current = undefined;
  }, []);
  const cancel = useCallback((): void => {
    client.current?.end();
    client.current = undefined;
    setState((before) => (before.phase === "running" ? { ...before, phase: "cancelled" } : before));
  }, []);
  const clear = useCallback((): void => {
    client.current?.end();
    client.current = undefined;
    setState(IDLE);
  }, []);
  return { state, begin, update, finish, cancel, clear };
};

const whyOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));

/** Shows one run of a scenario. */
export const useRun = (protocol: Simulated | undefined) => {
  const job = useJob<RunView>();
  const { begin, update, finish } = job;
  const start = useCallback(
    async (text: string, place: RunPlace): Promise<void> => {
      if (protocol === undefined) return;
      const client = begin(protocol);
      try {
        await client.ask({ kind: "run", text, place }, (answer) => {
          if (answer.kind === "run") update(client, { phase: "done", value: answer.run });
          else if (answer.kind === "refused") update(client, { phase: "failed", why: answer.why });
        });
      } catch (cause) {
        update(client, { phase: "failed", why: whyOf(cause) });
      }
      finish(client);
    },
    [protocol, begin, update, finish],
  );
  return { ...job, start };
};

/** Makes a failing run as small as it gets. */
export const useMinimise = (protocol: Simulated | undefined) => {
  const job = useJob<MinimisedView>();
  const { begin, update, finish } = job;
  const start = async (text: string, place: RunPlace): Promise<void> => {
    if (protocol === undefined) return;
    const client = begin(protocol);
    try {
      await client.ask({ kind: "minimise", text, place }, (answer) => {
        if (answer.kind === "progress") update(client, { runs: answer.runs });
        else if (answer.kind === "minimised") {
          const { minimised } = answer;
          update(client, { phase: "done", value: minimised, runs: minimised.runs });
          announce(`Minimised: ${minimised.elements.length} elements are left`);
        } else if (answer.kind === "refused") update(client, { phase: "failed", why: answer.why });
      });
    } catch (cause) {
      update(client, { phase: "failed", why: whyOf(cause) });
    }
    finish(client);
  };
  return { ...job, start };
};

/** Runs saved tests, one after the other. */
export const useTests = (protocol: Simulated | undefined) => {
  const job = useJob<readonly TestOutcome[]>();
  const { begin, update, finish } = job;
  const start = async (tests: readonly { readonly name: string; readonly text: string }[]): Promise<void> => {
    if (protocol === undefined) return;
    const client = begin(protocol);
    const outcomes: TestOutcome[] = [];
    try {
      await client.ask({ kind: "tests", tests }, (answer) => {
        if (answer.kind !== "test") return;
        outcomes.push(answer.outcome);
        update(client, { value: [...outcomes], runs: outcomes.length });
      });
      update(client, { phase: "done" });
      const failed = outcomes.filter(({ passed }) => !passed).length;
      announce(
        failed === 0 ? `All ${outcomes.length} tests pass` : `${failed} of ${outcomes.length} tests fail`,
      );
    } catch (cause) {
      update(client, { phase: "failed", why: whyOf(cause) });
    }
    finish(client);
  };
  return { ...job, start };
};

/** What a session is asked for so that it goes through a run; throws with the reason why there is nothing. */
export const replayOf = async (protocol: Simulated, text: string, place: RunPlace): Promise<ReplayView> => {
  const client = new SimulationClient(protocol);
  let found: ReplayView | undefined;
  let why = "The run could not be worked out";
  try {
    await client.ask({ kind: "replay", text, place }, (answer) => {
      if (answer.kind === "replay") found = answer.view;
      else if (answer.kind === "refused") ({ why } = answer);
    });
  } finally {
    client.end();
  }
  if (found === undefined) throw new Error(why);
  return found;
};
