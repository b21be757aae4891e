import type { Automaton, AutomatonState, AutomatonTransition } from "@parley/core/diagram";
import type { EntryJson, SessionView } from "@parley/wire/http";
import { messagesOf } from "./log-event.ts";

export interface AutomatonMarks {
  readonly visited: ReadonlySet<string>;
  readonly current: ReadonlySet<string>;
}

interface Parts {
  readonly states: AutomatonState[];
  readonly transitions: AutomatonTransition[];
}

const flatten = (automaton: Automaton, into: Parts = { states: [], transitions: [] }): Parts => {
  into.states.push(...automaton.states);
  into.transitions.push(...automaton.transitions);
  for (const { regions } of automaton.states) for (const region of regions) flatten(region, into);
  return into;
};

type RoleView = SessionView["roles"][number];

/**
 * Where a role is in its automaton and where it has been: current is every
 * state that offers what the server says is possible next, visited every end
 * of a transition the log has seen.
 */
export const automatonMarks = (
  automaton: Automaton,
  role: RoleView,
  entries: readonly EntryJson[],
): AutomatonMarks => {
  const { states, transitions } = flatten(automaton);
  const done = new Set<string>();
  for (const message of entries.flatMap(messagesOf)) {
    if (message.state === "sent" && message.from === role.role) done.add(`send ${message.edge}`);
    if (message.state === "received" && message.to === role.role) done.add(`recv ${message.edge}`);
  }
  const open = new Set(
    role.endpoints.flatMap(({ possible }) =>
      possible.map(({ kind, edgeId }) => `${kind === "send" ? "send" : "recv"} ${edgeId}`),
    ),
  );
  const key = ({ direction, edge }: AutomatonTransition): string => `${direction} ${edge}`;
  const visited = new Set<string>([automaton.initial]);
  const current = new Set<string>();
  for (const transition of transitions) {
    if (open.has(key(transition))) current.add(transition.from);
    if (!done.has(key(transition))) continue;
    visited.add(transition.from);
    visited.add(transition.to);
  }
  if (role.endpoints.every(({ status }) => status === "done"))
    for (const { id, final } of states) if (final && visited.has(id)) current.add(id);
  return { visited, current };
};
