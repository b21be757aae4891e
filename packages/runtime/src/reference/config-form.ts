import { configProblem, defaultConfig, type MachineConfig } from "../machine/config.ts";
import {
  asObject,
  FormError,
  type Json,
  type JsonObject,
  listAt,
  numberAt,
  textAt,
  variant,
} from "./json.ts";

/** How much of each log the reference keeps. */
export interface Retention {
  readonly mode: "full" | "capped" | "disabled";
  readonly capacity: number;
}

/** A configuration of the reference: ours, and what only its rendering needs. */
export interface ReferenceConfig {
  readonly machine: MachineConfig;
  readonly retention: Retention;
  readonly effects: "full" | "topology_only" | "disabled";
  /** What its own invariants object to. */
  readonly problem: string | undefined;
}

const oneOf = <T extends string>(value: Json | undefined, allowed: readonly T[], otherwise: T): T => {
  if (value === undefined) return otherwise;
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw new FormError(`unknown variant ${JSON.stringify(value)}`);
  return found;
};

const scheduler = (input: Json | undefined): MachineConfig["scheduler"] => {
  if (input === undefined) return defaultConfig.scheduler;
  const { tag, body } = variant(input);
  if (tag === "Cooperative") return { kind: "cooperative" };
  if (tag === "RoundRobin") return { kind: "roundRobin" };
  if (tag === "ProgressAware") return { kind: "progressAware" };
  if (tag !== "Priority") throw new FormError(`unknown variant ${tag}`);
  const priority = variant(body);
  if (priority.tag === "Aging") return { kind: "aging" };
  if (priority.tag === "TokenWeighted") return { kind: "tokenWeighted" };
  return { kind: "fixed", priorities: asObject(priority.body) as { readonly [id: string]: number } };
};

const buffers = (input: JsonObject | undefined): MachineConfig["buffers"] => {
  if (input === undefined) return defaultConfig.buffers;
  const { tag, body } = variant(input.policy ?? "Block");
  const full = {
    Block: { kind: "block" as const },
    Drop: { kind: "drop" as const },
    Error: { kind: "error" as const },
    Resize: { kind: "resize" as const, max: numberAt(asObject(body), "max_capacity", 0) },
  }[tag];
  if (full === undefined) throw new FormError(`unknown variant ${tag}`);
  const mode = oneOf(input.mode, ["Fifo", "LatestValue"], "Fifo");
  return {
    mode: mode === "Fifo" ? "fifo" : "latestValue",
    capacity: numberAt(input, "initial_capacity", 64),
    full,
  };
};

const output = (input: Json | undefined): MachineConfig["output"] => {
  if (input === undefined) return defaultConfig.output;
  const { tag, body } = variant(input);
  if (tag === "Disabled") return { kind: "disabled" };
  if (tag === "AllowAll") return { kind: "allowAll" };
  if (tag === "DenyAll") return { kind: "denyAll" };
  return { kind: "allow", predicates: (body as readonly Json[]).map(String) };
};

const payloadModes = { off: "off", structural: "structural", strict_schema: "strictSchema" } as const;

const machineConfig = (input: JsonObject): MachineConfig => {
  const budget = numberAt(input, "initial_cost_budget", Number.POSITIVE_INFINITY);
  const payloads = oneOf(
    input.payload_validation_mode,
    ["off", "structural", "strict_schema"] as const,
    "structural",
  );
  const nullifier = oneOf(
    input.communication_nullifier_identity,
    ["sequence_bound", "content_only"] as const,
    "sequence_bound",
  );
  return {
    scheduler: scheduler(input.sched_policy),
    buffers: buffers(input.buffer_config === undefined ? undefined : asObject(input.buffer_config)),
    maxSessions: numberAt(input, "max_sessions", 256),
    maxCoroutines: numberAt(input, "max_coroutines", 1024),
    registers: numberAt(input, "num_registers", 16),
    credits: Number.isSafeInteger(budget) ? budget : null,
    cost: numberAt(input, "instruction_cost", 1),
    payloads: payloadModes[payloads],
    maxPayloadBytes: numberAt(input, "max_payload_bytes", 65_536),
    replay: oneOf(input.communication_replay_mode, ["off", "sequence", "nullifier"] as const, "off"),
    nullifier: nullifier === "content_only" ? "contentOnly" : "sequenceBound",
    output: output(input.output_condition_policy),
    flow: defaultConfig.flow,
    guardLayers: listAt(input, "guard_layers").map((layer) => ({
      id: textAt(asObject(layer), "id"),
      active: asObject(layer).active === true,
    })),
    speculation: input.speculation_enabled === true,
    tickNanos: defaultConfig.tickNanos,
  };
};

/** Reads the overrides of a case over the reference's defaults; throws `FormError` on an unknown value. */
export const decodeConfig = (input: JsonObject): ReferenceConfig => {
  const machine = machineConfig(input);
  const kept = input.observability_retention === undefined ? {} : asObject(input.observability_retention);
  const relaxed = input.host_contract_assertions === "relaxed_test_only";
  const full = (input.determinism_mode ?? "Full") === "Full";
  const positive = configProblem(machine);
  return {
    machine,
    retention: {
      mode: oneOf(kept.mode, ["full", "capped", "disabled"] as const, "full"),
      capacity: numberAt(kept, "capacity", 4096),
    },
    effects: oneOf(input.effect_trace_capture_mode, ["full", "topology_only", "disabled"] as const, "full"),
    problem:
      positive !== undefined
        ? `${positive} must be > 0`
        : relaxed && full
          ? "relaxed assertions need another determinism mode"
          : undefined,
  };
};

/** What a log keeps of its entries. */
export const retained = <T>(log: readonly T[], retention: Retention): readonly T[] => {
  if (retention.mode === "disabled") return [];
  return retention.mode === "capped" ? log.slice(-retention.capacity) : log;
};
