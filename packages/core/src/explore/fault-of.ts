import type { Fault, Waiting } from "./exploration.ts";
import type { RoleMove } from "./role-machine.ts";
import type { Frame, System, SystemState } from "./system.ts";

const listed = (words: readonly string[], last: "or" | "and"): string =>
  words.length < 2 ? (words[0] ?? "") : `${words.slice(0, -1).join(", ")} ${last} ${words[words.length - 1]}`;

const messageText = (label: string, payload: string): string =>
  payload === "" ? label : `${label}(${payload})`;

/** Every place where a role waits for a message. */
export const waitingIn = (system: System, state: SystemState): readonly Waiting[] =>
  system.machines.flatMap((machine, i) => {
    const found = new Map<string, { readonly first: RoleMove; readonly labels: string[] }>();
    for (const move of machine.moves(state.roles[i] ?? 0)) {
      if (move.kind !== "receive") continue;
      const key = `${move.endpoint}\u0000${move.peer}`;
      const before = found.get(key);
      if (before === undefined) found.set(key, { first: move, labels: [move.label] });
      else before.labels.push(move.label);
    }
    return [...found.values()].map(({ first, labels }) => ({
      role: machine.role,
      endpoint: first.endpoint,
      from: first.peer,
      labels,
      edge: first.edge,
    }));
  });

const unfit = (
  system: System,
  state: SystemState,
  waiting: readonly Waiting[],
  edge: number,
  frame: Frame,
): Fault | undefined => {
  const { from, to } = system.edges[edge] ?? { from: "", to: "" };
  const { label, payload } = frame;
  const message = { from, to, label, payload, edge: frame.edge };
  const who = system.roleIndex(to);
  const text = messageText(label, payload);
  if (who === undefined) {
    return {
      kind: "nobody",
      role: from,
      message,
      why: `${from} sends ${text} to ${to}, who does not exist.`,
    };
  }
  const machine = system.machines[who];
  const at = state.roles[who] ?? 0;
  if (machine?.ended(at)) {
    return { kind: "orphan", role: to, message, why: `${text} from ${from} arrives when ${to} has ended.` };
  }
  const place = waiting.find((one) => one.role === to && one.from === from);
  if (place === undefined) return undefined;
  const fits = machine
    ?.moves(at)
    .filter((move) => move.kind === "receive" && move.peer === from && move.label === label);
  if (fits === undefined || fits.length === 0) {
    const expected = listed(place.labels, "or");
    return {
      kind: "reception",
      role: to,
      message,
      why: `${to} waits for ${expected} from ${from}, but ${text} arrives.`,
    };
  }
  if (fits.some((move) => move.payload === payload)) return undefined;
  const wanted = fits[0]?.payload ?? "";
  const carries = payload === "" ? "no payload" : `a payload of type ${payload}`;
  const takes = wanted === "" ? "none" : wanted;
  return {
    kind: "payload",
    role: to,
    message,
    why: `${label} arrives from ${from} with ${carries}, and ${to} takes ${takes}.`,
  };
};

/** The first message in sight that its receiver will never take; such a fault stays, whatever happens next. */
export const messageFault = (system: System, state: SystemState): Fault | undefined => {
  if (state.queues.length === 0) return undefined;
  const waiting = waitingIn(system, state);
  for (const [edge, queue] of state.queues.entries()) {
    const head = queue[0];
    const fault = head === undefined ? undefined : unfit(system, state, waiting, edge, system.frame(head));
    if (fault !== undefined) return fault;
  }
  return undefined;
};

/** For a state nobody can leave: who waits for whom; nothing when everybody has ended. */
export const deadlockIn = (system: System, state: SystemState): Fault | undefined => {
  const stuck = system.machines.filter((machine, i) => !machine.ended(state.roles[i] ?? 0));
  const [first] = stuck;
  if (first === undefined) return undefined;
  const waits = waitingIn(system, state).map(
    ({ role, from, labels }) => `${role} waits for ${listed(labels, "or")} from ${from}`,
  );
  const why = `Nobody can go on: ${listed(waits.length > 0 ? waits : [`${first.role} has no way on`], "and")}.`;
  return { kind: "deadlock", role: first.role, why };
};
