import { type Replayed, type Run, replayRun, sessionInputs } from "@parley/core/explore";
import type { EntryJson, InputsRequest, OpenSessionRequest } from "@parley/wire/http";
import { api } from "../api/api.ts";

interface Opening {
  readonly protocol: string;
  /** Absent = the latest. */
  readonly version?: string | undefined;
  readonly title: string;
  readonly families: NonNullable<OpenSessionRequest["families"]>;
  readonly names: NonNullable<OpenSessionRequest["names"]>;
  readonly run: Run;
}

/** The session, and why it stands before the end of the run, if it does. */
export interface OpenedAtRun {
  readonly id: string;
  readonly short?: string;
}

const TITLE_LIMIT = 200;

const messagesIn = (entries: readonly EntryJson[]): readonly string[] =>
  entries.flatMap(({ events }) =>
    events.flatMap((event) => {
      const { kind, edge, label } = event as {
        kind: string;
        edge?: { from: string; to: string };
        label?: string;
      };
      return edge && (kind === "sent" || kind === "received")
        ? [`${kind} ${edge.from} ${edge.to} ${label}`]
        : [];
    }),
  );

const messagesOf = ({ trace }: Run): readonly string[] =>
  trace.flatMap(({ kind, role, peer, label }) => {
    if (kind === "send") return [`sent ${role} ${peer} ${label}`];
    return kind === "receive" ? [`received ${peer} ${role} ${label}`] : [];
  });

const shortOf = (how: Replayed, run: Run, happened: readonly string[]): string | undefined => {
  switch (how.kind) {
    case "earlier":
      return "Another timeout runs out first, so the session stands before the one of the run.";
    case "noTimer":
      return "The timeout of the run does not wait here, so the session stands before it.";
    case "done": {
      const expected = messagesOf(run);
      const same = happened.length === expected.length && happened.every((one, i) => one === expected[i]);
      return same ? undefined : "Parallel arms went on in another order than in the run.";
    }
  }
};

/**
 * Opens a session, with a clock of its own and everybody's decisions asked
 * for, and takes it step by step to where a run ends.
 */
export const openAtRun = async (opening: Opening): Promise<OpenedAtRun> => {
  const { protocol, version, title, families, names, run } = opening;
  const { session } = await api.sessions.open({
    protocol,
    ...(version === undefined ? {} : { version }),
    title: title.slice(0, TITLE_LIMIT),
    families,
    names,
    decisions: "ask",
    drive: "manual",
    clock: "manual",
  });
  const { id } = session;
  const happened: string[] = [];
  const { batches } = sessionInputs(
    run,
    session.roles.map(({ role }) => role),
  );
  const how = await replayRun(batches, {
    post: async (inputs) => {
      const { entries } = await api.sessions.input(id, { inputs: [...inputs] as InputsRequest["inputs"] });
      happened.push(...messagesIn(entries));
    },
    timers: async () => (await api.sessions.get(id)).next.filter((action) => action.kind === "timer"),
  });
  const short = shortOf(how, run, happened);
  return short === undefined ? { id } : { id, short };
};
