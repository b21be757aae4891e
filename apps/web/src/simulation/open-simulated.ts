import { playReplay } from "@parley/runtime/simulation";
import type { MachineEvent } from "@parley/wire";
import type { InputsRequest } from "@parley/wire/http";
import { api } from "../api/api.ts";
import type { OpenedAtRun } from "../sessions/open-at-run.ts";
import type { ReplayView } from "./simulation.ts";

const TITLE_LIMIT = 200;

/**
 * Opens a session, with a clock of its own and everybody's decisions asked
 * for, and takes it to where a simulated run ends. Losses and forgeries of the
 * run are interventions of its log.
 */
export const openSimulated = async (
  protocol: string,
  title: string,
  { replay, families, names }: ReplayView,
): Promise<OpenedAtRun> => {
  const { session } = await api.sessions.open({
    protocol,
    title: title.slice(0, TITLE_LIMIT),
    families,
    names,
    decisions: "ask",
    drive: "manual",
    clock: "manual",
    grant: "declared",
  });
  const { id } = session;
  let { head } = session;
  const roles = session.roles.map(({ role }) => role);
  const played = await playReplay(replay, roles, {
    openedAt: session.clockAt,
    post: async (inputs, structural) => {
      const request = { inputs: [...inputs], ...(structural ? { expectedHead: head } : {}) };
      const answer = await api.sessions.input(id, request as InputsRequest);
      ({ head } = answer);
      return answer.entries.flatMap(({ events }) => events as unknown as readonly MachineEvent[]);
    },
  });
  if (played.kind === "done") return { id };
  return { id, short: `The session stands before “${played.expected}” of the run: ${played.why}` };
};
