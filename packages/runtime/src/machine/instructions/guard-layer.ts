import type { Fault } from "@parley/wire";
import { encodeCanonical, hashBytes } from "@parley/wire";
import type { Instruction } from "../code/instruction.ts";
import { faults } from "../faults.ts";
import type { OutputKind } from "../output-predicates.ts";
import { faulted, gated, observe, type Round, roleName, type Step, sessionOf, touch } from "../round.ts";

const acquired: readonly OutputKind[] = ["acquire"];
const released: readonly OutputKind[] = ["release"];

/** Configured layers are the only ones; without any, the first one used is (spec/machine.md §10.3). */
const layerFault = (round: Round, layer: string): Fault | undefined => {
  const { config, layers } = round.machine;
  if (config.guardLayers.length > 0) {
    const known = config.guardLayers.find((candidate) => candidate.id === layer);
    if (known === undefined) return faults.acquire(layer, "invalid_input", "unknown layer");
    return known.active ? undefined : faults.acquire(layer, "unavailable", "inactive layer");
  }
  if (layers.size > 0 && !layers.has(layer))
    return faults.acquire(layer, "invalid_evidence", `unknown guard layer ${layer}`);
  return undefined;
};

export const acquire = (round: Round, instruction: Extract<Instruction, { kind: "acquire" }>): Step => {
  const { machine, coroutine, answers } = round;
  const { layer, dst } = instruction;
  const role = roleName(machine, coroutine.role);
  const unknown = layerFault(round, layer);
  if (unknown !== undefined) return faulted(unknown);
  if (answers.failure !== undefined)
    return faulted(faults.acquire(layer, answers.failure.kind, answers.failure.message));
  const evidence = answers.evidence;
  if (evidence === undefined) return { kind: "blocked", reason: { kind: "acquire", role, layer } };
  if (coroutine.regs[dst] === undefined) return faulted(faults.registers());
  return gated(
    round,
    () => {
      machine.layers.add(layer);
      coroutine.regs[dst] = evidence;
      coroutine.pc += 1;
      touch(machine, coroutine);
      observe(round, "Acquired", { session: coroutine.sid, role, layer });
    },
    acquired,
  );
};

/** Evidence is given back once per session: the value decides, not the layer. */
export const release = (round: Round, instruction: Extract<Instruction, { kind: "release" }>): Step => {
  const { machine, coroutine, answers } = round;
  const { layer } = instruction;
  const unknown = layerFault(round, layer);
  if (unknown !== undefined) return faulted(unknown);
  const evidence = coroutine.regs[instruction.evidence];
  if (evidence === undefined) return faulted(faults.registers());
  if (answers.failure !== undefined)
    return faulted(faults.acquire(layer, answers.failure.kind, answers.failure.message));
  if (answers.blocked)
    return faulted(faults.acquire(layer, "contract_violation", "a release cannot be left open"));
  const session = sessionOf(machine, coroutine.sid);
  const key = hashBytes(encodeCanonical(evidence));
  if (session.released.has(key))
    return faulted(faults.acquire(layer, "invalid_evidence", "resource already consumed"));
  return gated(
    round,
    () => {
      session.released.add(key);
      machine.parts.sessions.touch(session);
      coroutine.pc += 1;
      touch(machine, coroutine);
      observe(round, "Released", { session: coroutine.sid, role: roleName(machine, coroutine.role), layer });
    },
    released,
  );
};
