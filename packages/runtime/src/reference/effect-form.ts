import { type Capture, type EffectTraceEntry, type Exchange, effectTrace } from "../effects/effect-trace.ts";
import type { Json, JsonObject } from "./json.ts";

export { type Exchange, exchangeCount } from "../effects/effect-trace.ts";

const form = (entry: EffectTraceEntry): JsonObject => ({
  effect_id: entry.effectId,
  effect_kind: entry.kind,
  effect_interface: entry.interface,
  effect_operation: entry.operation,
  handler_identity: entry.handler,
  inputs: entry.inputs as Json,
  outputs: entry.outputs as Json,
  ordering_key: entry.orderingKey,
  topology: entry.topology as Json,
});

const captures = { full: "full", topology_only: "topologyOnly", disabled: "disabled" } as const satisfies {
  readonly [mode: string]: Capture;
};

/** The effect trace in the reference's form. */
export const effectForms = (
  exchanges: readonly Exchange[],
  mode: keyof typeof captures,
): readonly JsonObject[] => effectTrace(exchanges, captures[mode], "scripted").map(form);
