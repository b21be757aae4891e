import type {
  ForkRequest,
  InputsRequest,
  NextAction,
  RunRequest,
  SessionView,
  ValueJson,
} from "@parley/wire/http";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useCallback, useMemo, useRef, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useConnection } from "../live/live.ts";
import { announce } from "../ui/announcer.tsx";
import { toastProblem } from "../ui/toast.tsx";
import { enabledOf } from "./debug/marks.ts";
import { startedWith } from "./debug/stopped.ts";
import { marksOf } from "./debug/use-marks.ts";
import { addressOf, shownAt } from "./timeline-model.ts";
import type { SessionData } from "./use-session-data.ts";

type Input = InputsRequest["inputs"][number];
type Decide = Extract<NextAction, { kind: "decide" }>;
type Payload = Extract<NextAction, { kind: "payload" }>;

type Change = NonNullable<ForkRequest["change"]>;

export interface Commands {
  /** A command is on its way. */
  readonly busy: boolean;
  /** Why nothing that acts is enabled; absent when acting is possible. */
  readonly blocked: string | undefined;
  readonly canStep: boolean;
  readonly step: () => void;
  readonly round: () => void;
  readonly decide: (action: Decide, label: string) => void;
  readonly send: (action: Payload, value: ValueJson) => void;
  /** Moves the session's own clock; what is due by then runs out. */
  readonly moveClock: (at: number) => void;
  /** Cancels one timeout that handles it. */
  readonly cancelScope: (timer: string) => void;
  /** Why nothing can be done to the session from outside here and now. */
  readonly sealed: string | undefined;
  /** Does something to the present session from outside, and says so in these words. */
  readonly apply: (inputs: readonly Input[], words: string) => void;
  /** Runs to the end, or to what is named; the breakpoints that are set stop it either way. */
  readonly run: (until?: RunRequest["until"]) => void;
  readonly cancelRun: () => void;
  readonly fork: () => void;
  /** Forks a position with other first inputs, and opens the fork. */
  readonly forkWith: (at: number, change: Change, title: string) => void;
  readonly go: (seq: number) => void;
}

/** Inputs of one request (model §7); what is done to a family of thousands takes several. */
const AT_ONCE = 100;

/** Moves the page along the log; only the way out of now is a step of the browser's history. */
const useGo = ({ id, place }: SessionData): ((seq: number) => void) => {
  const navigate = useNavigate();
  return useCallback(
    (seq) =>
      void navigate({
        to: "/sessions/$id",
        params: { id },
        search: (before) => ({ ...before, at: addressOf(seq, place.head) }),
        replace: place.at !== undefined,
      }),
    [navigate, id, place],
  );
};

const whyNot = ({ head, past }: SessionData, offline: boolean): string | undefined => {
  if (past) return "This is the past: only Fork acts here";
  if (offline) return "The server cannot be reached";
  if (head.readOnly !== null) return head.readOnly;
  if (head.run?.state === "running") return "A run is going on";
  // A crash leaves the others running.
  const runs = head.status === "active" || (head.status === "faulted" && head.next.length > 0);
  return runs ? undefined : `The session is ${head.status}`;
};

/** A session that failed by a crash can be mended; one that has ended cannot be touched. */
const whySealed = (data: SessionData, offline: boolean): string | undefined =>
  data.head.status === "faulted" && !data.past && !offline && data.head.readOnly === null
    ? data.head.run?.state === "running"
      ? "A run is going on"
      : undefined
    : whyNot(data, offline);

/** After an input that answers a question, let the machine use it; an eager session does so itself. */
const withStep = (view: SessionView, seat: string, input: Input): readonly Input[] => {
  const paused = view.roles.find(({ role }) => role === seat)?.paused ?? false;
  return view.drive === "eager" || paused ? [input] : [input, { kind: "advance" }];
};

/** One command at a time; the rest are refused while it is on its way. */
const useOneAtATime = () => {
  const going = useRef(false);
  const [busy, setBusy] = useState(false);
  const during = useCallback(async (task: () => Promise<void>): Promise<void> => {
    if (going.current) return;
    going.current = true;
    setBusy(true);
    await task().catch(toastProblem);
    going.current = false;
    setBusy(false);
  }, []);
  return { busy, during };
};

/** What a person can ask of the open session, and whether it can be asked now. */
export const useCommands = (data: SessionData): Commands => {
  const { id, head, log, place, refresh } = data;
  const navigate = useNavigate();
  const client = useQueryClient();
  const go = useGo(data);
  const { busy, during } = useOneAtATime();
  const offline = useConnection(({ connection }) => connection.state === "reconnecting");
  const blocked = whyNot(data, offline);
  const sealed = whySealed(data, offline);
  return useMemo(() => {
    const reload = async (): Promise<void> => {
      await client.invalidateQueries({ queryKey: keys.session(id, undefined) });
    };
    const askUnless = (not: string | undefined, inputs: readonly Input[], said?: string): void => {
      if (not !== undefined) {
        announce(not);
        return;
      }
      void during(async () => {
        try {
          let expectedHead = head.head;
          for (let from = 0; from < inputs.length; from += AT_ONCE) {
            const some = inputs.slice(from, from + AT_ONCE);
            const answer = await api.sessions.input(id, { expectedHead, inputs: some });
            log.put(answer.entries, answer.head);
            expectedHead = answer.head;
          }
          if (said !== undefined) announce(said);
        } finally {
          await reload();
        }
      });
    };
    const ask = (inputs: readonly Input[]): void => askUnless(blocked, inputs);
    const open = (seq: number, title: string | undefined, change: Change | undefined): void =>
      void during(async () => {
        const branch = await api.sessions.fork(id, seq, title, change);
        client.setQueryData(keys.session(branch.id, undefined), branch);
        void client.invalidateQueries({ queryKey: keys.sessions });
        void client.invalidateQueries({ queryKey: keys.session(id, undefined) });
        announce(`Branch opened at position ${seq}`);
        await navigate({ to: "/sessions/$id", params: { id: branch.id } });
      });
    const canStep = blocked === undefined && head.next.some(({ kind }) => kind === "advance");
    const advance = (max?: number): void => {
      if (canStep) ask([max === undefined ? { kind: "advance" } : { kind: "advance", max }]);
      else announce(blocked ?? "Nothing can run until someone acts");
    };
    return {
      busy,
      blocked,
      canStep,
      step: () => advance(),
      round: () => advance(1),
      decide: ({ seat, endpoint, step }, label) =>
        ask(withStep(head, seat, { kind: "decide", seat, endpoint, step, label })),
      send: ({ seat, endpoint, step }, value) =>
        ask(withStep(head, seat, { kind: "payload", seat, endpoint, step, value })),
      moveClock: (at) => ask([{ kind: "clock", at }]),
      sealed,
      apply: (inputs, words) => askUnless(sealed, inputs, words),
      cancelScope: (scope) => ask([{ kind: "cancel", reason: "by hand", scope }]),
      run: (until = "end") =>
        void during(async () => {
          if (!canStep) return announce(blocked ?? "Nothing can run until someone acts");
          const breakpoints = enabledOf(marksOf(head.protocol.id));
          const run = await api.sessions.run(id, { until, breakpoints: breakpoints.map(({ stop }) => stop) });
          startedWith(run.id, breakpoints);
          await reload();
        }),
      cancelRun: () => void api.sessions.cancelRun(id).then(refresh, toastProblem),
      fork: () => open(shownAt(place), undefined, undefined),
      forkWith: (seq, change, title) => open(seq, title, change),
      go,
    };
  }, [busy, blocked, sealed, client, during, go, head, id, log, navigate, place, refresh]);
};
