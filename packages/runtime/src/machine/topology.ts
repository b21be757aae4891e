import type { MachineEvent, Value } from "@parley/wire";
import { faults } from "./faults.ts";
import { faultCoroutine } from "./finish.ts";
import type { Corruption, Machine } from "./state.ts";

/** A fault of the network or a site (spec/machine.md §14). A site is a role. */
export type TopologyEvent =
  | { readonly kind: "crash"; readonly site: string }
  | { readonly kind: "partition" | "heal"; readonly from: string; readonly to: string }
  | {
      readonly kind: "corrupt";
      readonly from: string;
      readonly to: string;
      readonly corruption: Corruption;
    }
  | { readonly kind: "timeout"; readonly site: string; readonly nanos: number };

/** Between the two names of a pair; no name holds it. */
export const PAIR_SEPARATOR = "\u0000";
export const pairKey = (from: string, to: string): string => `${from}${PAIR_SEPARATOR}${to}`;

/** Whether the site cannot act in the round `tick`. */
export const siteDown = (machine: Machine, site: string, tick: number): boolean =>
  machine.crashed.has(site) || (machine.timeouts.get(site)?.until ?? 0) > tick;

/** Whether nothing gets from one role to another in the round `tick`. */
export const isCut = (machine: Machine, from: string, to: string, tick: number): boolean =>
  (machine.crashed.size > 0 || machine.timeouts.size > 0
    ? siteDown(machine, from, tick) || siteDown(machine, to, tick)
    : false) ||
  (machine.partitions.size > 0 && machine.partitions.has(pairKey(from, to)));

const crash = (machine: Machine, site: string, tick: number, events: MachineEvent[]): void => {
  machine.crashed.add(site);
  const role = machine.linked.roleIndex.get(site);
  if (role === undefined) return;
  const reason = `site ${site} crashed`;
  for (const coroutine of machine.coroutines.values()) {
    if (coroutine.role !== role) continue;
    if (coroutine.status.kind === "done" || coroutine.status.kind === "faulted") continue;
    faultCoroutine(machine, coroutine, faults.invoke("topology_disruption", reason), tick, events);
  }
  for (const session of machine.sessions.values()) {
    if (session.status.kind !== "active" && session.status.kind !== "faulted") continue;
    session.status = { kind: "faulted", reason };
    machine.parts.sessions.touch(session);
  }
  machine.queue.refill(machine.queue.list().sort((a, b) => a.id - b.id));
  for (const coroutine of machine.queue.list()) machine.parts.coroutines.touch(coroutine);
};

/**
 * Applies one topology event. It belongs to the round that follows: its events
 * carry that round's tick, and a timeout counts from it.
 */
export const applyTopology = (machine: Machine, event: TopologyEvent): readonly MachineEvent[] => {
  const events: MachineEvent[] = [];
  const tick = machine.tick + 1;
  machine.version += 1;
  switch (event.kind) {
    case "crash":
      crash(machine, event.site, tick, events);
      break;
    case "partition":
      machine.partitions.add(pairKey(event.from, event.to));
      machine.partitions.add(pairKey(event.to, event.from));
      break;
    case "heal":
      for (const key of [pairKey(event.from, event.to), pairKey(event.to, event.from)]) {
        machine.partitions.delete(key);
        machine.corruptions.delete(key);
      }
      break;
    case "corrupt":
      machine.corruptions.set(pairKey(event.from, event.to), event.corruption);
      break;
    case "timeout": {
      const rounds =
        machine.config.tickNanos > 0 ? Math.max(1, Math.ceil(event.nanos / machine.config.tickNanos)) : 1;
      const witness = machine.nextWitness;
      machine.nextWitness += 1;
      machine.timeouts.set(event.site, { until: tick + rounds, witness });
      events.push({
        kind: "observed",
        tick,
        name: "TimeoutIssued",
        fields: { site: event.site, until_tick: tick + rounds, witness_id: witness },
      });
      break;
    }
  }
  return events;
};

const flipFirst = (text: string): string =>
  text === "" ? text : String.fromCharCode(text.charCodeAt(0) ^ 1) + text.slice(1);

/** What arrives of a payload sent over a corrupted edge. */
export const corrupted = (value: Value, corruption: Corruption): Value => {
  if (corruption === "payloadErase") return { kind: "unit" };
  if (corruption === "truncation") {
    if (value.kind !== "str") return { kind: "unit" };
    const chars = [...value.value];
    return { kind: "str", value: chars.slice(0, Math.floor(chars.length / 2)).join("") };
  }
  switch (value.kind) {
    case "nat":
      return { kind: "nat", value: BigInt(value.value) ^ 1n };
    case "bool":
      return { kind: "bool", value: !value.value };
    case "str":
      return { kind: "str", value: flipFirst(value.value) };
    case "prod":
      return { ...value, left: corrupted(value.left, corruption) };
    default:
      return value;
  }
};
