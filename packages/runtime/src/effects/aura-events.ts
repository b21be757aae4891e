import type { MachineEvent } from "@parley/wire";
import { outputPredicates } from "../machine/output-predicates.ts";

/** The six kinds of structured effect event (spec/aura-runtime.md §9.2). */
export const auraEffectKinds = ["send", "recv", "choose", "step", "acquire", "release"] as const;
export type AuraEffectKind = (typeof auraEffectKinds)[number];

/** One exchange with the effect handler: what is kept of it, and what its output is judged by. */
export interface AuraEffectEvent {
  readonly kind: AuraEffectKind;
  readonly tick: number;
  readonly role: string;
  /** The metadata the handler stores: `vm.send`, `A->B:Order`. */
  readonly key: string;
  readonly value: string;
  readonly predicate: string;
  readonly witness: string;
  /** False for a layer that was not granted; every other exchange went through. */
  readonly granted: boolean;
}

const predicates: { readonly [kind in AuraEffectKind]: string } = {
  send: outputPredicates.send,
  recv: outputPredicates.recv,
  choose: outputPredicates.choice,
  step: outputPredicates.step,
  acquire: outputPredicates.acquire,
  release: outputPredicates.release,
};

const effect = (
  kind: AuraEffectKind,
  of: { readonly tick: number; readonly role: string; readonly value: string; readonly granted?: boolean },
): AuraEffectEvent => ({
  kind,
  tick: of.tick,
  role: of.role,
  key: `vm.${kind}`,
  value: of.value,
  predicate: predicates[kind],
  witness: `role:${of.role}`,
  granted: of.granted ?? true,
});

const layerValue = (sid: unknown, role: string, layer: string, end: string): string =>
  `sid=${String(sid)}:${role}:${layer}${end}`;

const layerEvent = (
  event: Extract<MachineEvent, { readonly kind: "observed" }>,
  scope: string,
): AuraEffectEvent | undefined => {
  const { tick, name, fields } = event;
  if (name !== "Acquired" && name !== "Released") return undefined;
  const role = String(fields.role);
  const layer = String(fields.layer);
  return name === "Acquired"
    ? effect("acquire", {
        tick,
        role,
        value: layerValue(fields.session, role, layer, `:granted:scope=${scope}`),
      })
    : effect("release", { tick, role, value: layerValue(fields.session, role, layer, "") });
};

/** Where nobody has mapped the session to a scope of capabilities. */
export const UNMAPPED = "unmapped";

/**
 * The effect event that a machine's event is the trace of; none for what is
 * the machine's own affair. A pure projection: the same log gives the same
 * stream.
 */
export const auraEffectOf = (event: MachineEvent, scope: string = UNMAPPED): AuraEffectEvent | undefined => {
  switch (event.kind) {
    case "sent":
      return effect("send", {
        tick: event.tick,
        role: event.edge.from,
        value: `${event.edge.from}->${event.edge.to}:${event.label}`,
      });
    case "received":
      return effect("recv", {
        tick: event.tick,
        role: event.edge.to,
        value: `${event.edge.to}<-${event.edge.from}:${event.label}`,
      });
    case "offered":
      return effect("choose", {
        tick: event.tick,
        role: event.edge.from,
        value: `${event.edge.from}:${event.label}`,
      });
    case "decided":
      return effect("choose", {
        tick: event.tick,
        role: event.role,
        value: `${event.role}:${event.outcome}`,
      });
    case "invoked":
    case "performed":
      return effect("step", { tick: event.tick, role: event.role, value: event.role });
    case "blocked":
      return event.reason.kind === "acquire"
        ? effect("acquire", {
            tick: event.tick,
            role: event.role,
            value: layerValue(0, event.role, event.reason.layer, `:denied:scope=${scope}`),
            granted: false,
          })
        : undefined;
    case "observed":
      return layerEvent(event, scope);
    default:
      return undefined;
  }
};

/** The stream of a run. */
export const auraEffects = (events: readonly MachineEvent[]): readonly AuraEffectEvent[] =>
  events.flatMap((event) => auraEffectOf(event) ?? []);

/** Called for each event of a kind; what it answers stops the replay and is its error. */
export type ReplayHooks<E> = {
  readonly [kind in AuraEffectKind]?: (event: AuraEffectEvent, index: number) => E | undefined;
};

/** Hands a stream to hooks, in order; the first objection and where it was raised. */
export const replayWithHooks = <E>(
  stream: readonly AuraEffectEvent[],
  hooks: ReplayHooks<E>,
): { readonly index: number; readonly error: E } | undefined => {
  for (const [index, event] of stream.entries()) {
    const error = hooks[event.kind]?.(event, index);
    if (error !== undefined) return { index, error };
  }
  return undefined;
};
