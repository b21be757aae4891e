import { endWait } from "./finish.ts";
import { roleName } from "./round.ts";
import type { Coroutine, Machine } from "./state.ts";
import { isCut, siteDown } from "./topology.ts";

/** Whether a role may be scheduled in the round `tick`. */
export const isHeld = (machine: Machine, role: number, tick: number): boolean => {
  if (machine.paused.size === 0 && machine.crashed.size === 0 && machine.timeouts.size === 0) return false;
  const name = roleName(machine, role);
  return machine.paused.has(name) || siteDown(machine, name, tick);
};

const cutOff = (machine: Machine, coroutine: Coroutine, tick: number): boolean => {
  const edge = coroutine.waitEdge;
  return edge !== undefined && isCut(machine, roleName(machine, edge.from), roleName(machine, edge.to), tick);
};

/** Whether what a blocked coroutine waits for inside the machine has come. */
const hasCome = (machine: Machine, coroutine: Coroutine, tick: number): boolean => {
  if (coroutine.status.kind !== "blocked") return false;
  const edge = coroutine.waitEdge;
  switch (coroutine.status.reason.kind) {
    case "empty":
      return edge !== undefined && edge.frames.length > 0;
    case "full":
    case "topology":
      return edge !== undefined && edge.frames.length < edge.capacity && !cutOff(machine, coroutine, tick);
    case "join":
      return coroutine.children.every((id) => machine.coroutines.get(id)?.status.kind === "done");
    default:
      return false;
  }
};

const isSender = (coroutine: Coroutine): boolean =>
  coroutine.status.kind === "blocked" &&
  (coroutine.status.reason.kind === "full" || coroutine.status.reason.kind === "topology");

const none: readonly Coroutine[] = [];

/** Coroutines of roles whose timeout ends with this round, which lost their place while it lasted. */
const returning = (machine: Machine, tick: number): Coroutine[] => {
  let expires = false;
  for (const timeout of machine.timeouts.values()) if (timeout.until <= tick) expires = true;
  if (!expires) return [];
  return [...machine.coroutines.values()].filter(
    (coroutine) =>
      !coroutine.waiting &&
      coroutine.ticket < 0 &&
      coroutine.status.kind !== "done" &&
      coroutine.status.kind !== "faulted" &&
      !isHeld(machine, coroutine.role, tick),
  );
};

/**
 * Whom the round `tick` wakes, in queue order: senders before receivers, by id
 * (spec/machine.md §7.4). A receiver wakes by its own edge only. Reads only.
 */
export const wakes = (machine: Machine, tick: number): readonly Coroutine[] => {
  if (machine.pending.length === 0 && machine.timeouts.size === 0) return none;
  const woken = machine.pending.filter(
    (coroutine) => !isHeld(machine, coroutine.role, tick) && hasCome(machine, coroutine, tick),
  );
  if (woken.length > 1) woken.sort((a, b) => Number(isSender(b)) - Number(isSender(a)) || a.id - b.id);
  return machine.timeouts.size === 0 ? woken : [...returning(machine, tick), ...woken];
};

/** Applies what `wakes` found and lets go of those that were listed in vain. */
export const applyWakes = (machine: Machine, woken: readonly Coroutine[], tick: number): void => {
  for (const coroutine of woken) {
    endWait(machine, coroutine);
    machine.queue.push(coroutine);
    machine.parts.coroutines.touch(coroutine);
  }
  if (machine.pending.length === 0) return;
  machine.pending = machine.pending.filter((coroutine) => {
    const keep =
      isHeld(machine, coroutine.role, tick) ||
      (coroutine.status.kind === "blocked" && coroutine.status.reason.kind === "topology");
    coroutine.pending = keep;
    return keep;
  });
};

/** Ends a wait at once: something that comes before what was waited for has happened. */
export const wakeNow = (machine: Machine, coroutine: Coroutine): void => {
  if (coroutine.waiting) release(machine, coroutine);
};

const release = (machine: Machine, coroutine: Coroutine): void => {
  endWait(machine, coroutine);
  if (!isHeld(machine, coroutine.role, machine.tick + 1)) machine.queue.push(coroutine);
};

const wakeAsking = (machine: Machine, matches: (coroutine: Coroutine) => boolean): number => {
  const found = [...machine.asking].filter(matches).sort((a, b) => a.id - b.id);
  for (const coroutine of found) release(machine, coroutine);
  if (found.length > 0) machine.version += 1;
  return found.length;
};

const reasonOf = (coroutine: Coroutine): string =>
  coroutine.status.kind === "blocked" ? coroutine.status.reason.kind : "";

/**
 * Wakes denied guards and denied layers, of one role or of all: call it when
 * something their verdicts read has changed (model §2.5). Answers how many.
 */
export const wakeDenied = (machine: Machine, role?: string): number =>
  wakeAsking(
    machine,
    (coroutine) =>
      ["denied", "acquire"].includes(reasonOf(coroutine)) &&
      (role === undefined || roleName(machine, coroutine.role) === role),
  );

/** Wakes one endpoint that a guard denied: what its verdicts read has changed. */
export const wakeDeniedAt = (machine: Machine, role: string, endpoint: string): number =>
  wakeAsking(
    machine,
    (coroutine) =>
      reasonOf(coroutine) === "denied" &&
      roleName(machine, coroutine.role) === role &&
      (coroutine.endpoint?.path ?? "") === endpoint,
  );

/** Wakes the endpoint that waits for a decision or a payload, once an answer has been supplied. */
export const wakeFor = (machine: Machine, role: string, endpoint: string): number =>
  wakeAsking(
    machine,
    (coroutine) =>
      ["decision", "payload"].includes(reasonOf(coroutine)) &&
      roleName(machine, coroutine.role) === role &&
      (coroutine.endpoint?.path ?? "") === endpoint,
  );
