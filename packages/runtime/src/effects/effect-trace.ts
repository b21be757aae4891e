import { decodeCanonical, encodeCanonical, type MachineEvent } from "@parley/wire";

/** What one round exchanged with the host (spec/machine.md §12.5). */
export interface Exchange {
  readonly tick: number;
  /** Topology events applied before it. */
  readonly topology: readonly unknown[];
  /** Whether the host was called for the instruction itself. */
  readonly called: boolean;
  readonly events: readonly MachineEvent[];
}

/** How strictly effects of a kind keep their order (spec/aura-runtime.md §14). */
export type EffectLaw = "commutative" | "strict" | "algebraic";

/** Every kind of effect that may be in a trace, with its law. */
export const effectLaws = {
  send_decision: "commutative",
  handle_recv: "strict",
  handle_choose: "strict",
  invoke_step: "commutative",
  handle_acquire: "strict",
  handle_release: "strict",
  output_condition_hint: "strict",
  topology_event: "algebraic",
} as const satisfies { readonly [kind: string]: EffectLaw };

export interface EffectTraceEntry {
  readonly effectId: number;
  readonly kind: string;
  readonly interface: string | null;
  readonly operation: string | null;
  readonly handler: string;
  readonly inputs: unknown;
  readonly outputs: unknown;
  readonly orderingKey: number;
  readonly topology: unknown;
}

/** What of a trace is kept; ids advance whatever is kept. */
export type Capture = "full" | "topologyOnly" | "disabled";

const outputs: ReadonlySet<MachineEvent["kind"]> = new Set([
  "sent",
  "received",
  "invoked",
  "observed",
  "closed",
]);

/** Whether the round had something to show: then the host was asked for a hint as well. */
const hinted = (exchange: Exchange): boolean => exchange.events.some(({ kind }) => outputs.has(kind));

/** How often the host was called over the whole run: topology, instruction, hint. */
export const exchangeCount = (exchanges: readonly Exchange[]): number =>
  exchanges.reduce((sum, one) => sum + 1 + (one.called ? 1 : 0) + (hinted(one) ? 1 : 0), 0);

type Derived = Pick<EffectTraceEntry, "kind" | "interface" | "operation" | "inputs" | "outputs">;

const message = (event: Extract<MachineEvent, { kind: "sent" | "received" }>) => ({
  session: event.edge.sid,
  from: event.edge.from,
  to: event.edge.to,
  label: event.label,
});

const derived = (event: MachineEvent): Derived | undefined => {
  switch (event.kind) {
    case "sent":
    case "received": {
      const sent = event.kind === "sent";
      return {
        kind: sent ? "send_decision" : "handle_recv",
        interface: "Transport",
        operation: sent ? "sendDecision" : "handleRecv",
        inputs: message(event),
        outputs: { committed: true },
      };
    }
    case "invoked":
      return {
        kind: "invoke_step",
        interface: "Runtime",
        operation: "invoke",
        inputs: { coro_id: event.coroutine, role: event.role },
        outputs: { ok: true },
      };
    case "observed": {
      if (event.name !== "Acquired" && event.name !== "Released") return undefined;
      const operation = event.name === "Acquired" ? "acquire" : "release";
      return {
        kind: `handle_${operation}`,
        interface: "Guard",
        operation,
        inputs: event.fields,
        outputs: event.name === "Acquired" ? { granted: true } : { ok: true },
      };
    }
    default:
      return undefined;
  }
};

const topologyEntry = (tick: number, topology: unknown): Derived => ({
  kind: "topology_event",
  interface: "Runtime",
  operation: "topologyEvents",
  inputs: { tick },
  outputs: { status: "success", applied: true, topology },
});

/** The effect trace: what committed rounds showed, under the ids the machine has counted to. */
export const effectTrace = (
  exchanges: readonly Exchange[],
  capture: Capture,
  handler: string,
): readonly EffectTraceEntry[] => {
  const trace: EffectTraceEntry[] = [];
  let next = 0;
  const add = (of: Derived, orderingKey: number, topology: unknown): void => {
    const kept = topology === null ? capture === "full" : capture !== "disabled";
    if (kept) trace.push({ effectId: next, handler, orderingKey, topology, ...of });
    next += 1;
  };
  for (const exchange of exchanges) {
    next += 1;
    for (const topology of exchange.topology) add(topologyEntry(exchange.tick, topology), next, topology);
    next += (exchange.called ? 1 : 0) + (hinted(exchange) ? 1 : 0);
    for (const event of exchange.events) {
      const of = derived(event);
      if (of !== undefined) add(of, exchange.tick, null);
    }
  }
  return trace;
};

/** Rounds put together again from a run's events: a host was called for whatever shows. */
export const exchangesOf = (events: readonly MachineEvent[]): readonly Exchange[] => {
  const rounds = new Map<number, MachineEvent[]>();
  for (const event of events) {
    const round = rounds.get(event.tick);
    if (round === undefined) rounds.set(event.tick, [event]);
    else round.push(event);
  }
  let last = 0;
  for (const tick of rounds.keys()) last = Math.max(last, tick);
  return Array.from({ length: last }, (_, i): Exchange => {
    const shown = rounds.get(i + 1) ?? [];
    const called = shown.some(({ kind }) => kind !== "closed" && outputs.has(kind));
    return { tick: i + 1, topology: [], called, events: shown };
  });
};

/** Order in which traces are compared and kept: round, id, kind. */
export const canonicalTrace = (entries: readonly EffectTraceEntry[]): readonly EffectTraceEntry[] =>
  [...entries].sort(
    (a, b) =>
      a.orderingKey - b.orderingKey ||
      a.effectId - b.effectId ||
      (a.kind < b.kind ? -1 : a.kind > b.kind ? 1 : 0),
  );

/** How a captured trace is written down. */
export interface CaptureOptions {
  readonly encoding: "json" | "cbor";
  readonly granularity: Capture;
  readonly canonicalize: boolean;
}

export const defaultCapture: CaptureOptions = { encoding: "json", granularity: "full", canonicalize: true };

/** A captured trace with the faults of its run and the profile it ran under. */
export interface EffectTraceBundle {
  readonly entries: readonly EffectTraceEntry[];
  readonly faults: readonly string[];
  readonly determinismProfile?: { readonly [field: string]: unknown };
}

export type EffectTraceError =
  /** Kinds without a law, sorted, each once. */
  | { readonly kind: "unclassified-kinds"; readonly kinds: readonly string[] }
  | { readonly kind: "json" | "cbor"; readonly reason: string }
  | { readonly kind: "malformed"; readonly index: number; readonly reason: string };

/** Text for JSON, canonical bytes for CBOR. */
export type EncodedTrace = string | Uint8Array;

export type Captured =
  | { readonly ok: true; readonly data: EncodedTrace; readonly bundle: EffectTraceBundle }
  | { readonly ok: false; readonly error: EffectTraceError };

/**
 * Writes a trace down: put in order, then filtered, then encoded. A kind that
 * has no law is refused.
 *
 * @example captureEffectTrace({ entries, faults: [] }, { ...defaultCapture, encoding: "cbor" })
 */
export const captureEffectTrace = (
  bundle: EffectTraceBundle,
  options: CaptureOptions = defaultCapture,
): Captured => {
  const known = new Set<string>(Object.keys(effectLaws));
  const strange = new Set(bundle.entries.map(({ kind }) => kind).filter((kind) => !known.has(kind)));
  if (strange.size > 0)
    return { ok: false, error: { kind: "unclassified-kinds", kinds: [...strange].sort() } };
  const ordered = options.canonicalize ? canonicalTrace(bundle.entries) : bundle.entries;
  const entries = ordered.filter(
    ({ kind }) =>
      options.granularity === "full" || (options.granularity === "topologyOnly" && kind === "topology_event"),
  );
  const kept: EffectTraceBundle = { ...bundle, entries };
  const data = options.encoding === "cbor" ? encodeCanonical(kept) : JSON.stringify(kept);
  return { ok: true, data, bundle: kept };
};

const isEntry = (value: unknown): value is EffectTraceEntry => {
  const { effectId, kind, handler, orderingKey } = (value ?? {}) as Partial<EffectTraceEntry>;
  return (
    Number.isSafeInteger(effectId) &&
    Number.isSafeInteger(orderingKey) &&
    typeof kind === "string" &&
    typeof handler === "string"
  );
};

/** Reads a captured trace back; names the first entry that is none. */
export const readEffectTrace = (data: EncodedTrace): Captured => {
  const encoding = typeof data === "string" ? "json" : "cbor";
  let value: unknown;
  try {
    value = typeof data === "string" ? JSON.parse(data) : decodeCanonical(data);
  } catch (cause) {
    return { ok: false, error: { kind: encoding, reason: String(cause) } };
  }
  const { entries, faults } = (value ?? {}) as Partial<EffectTraceBundle>;
  if (!Array.isArray(entries) || !Array.isArray(faults))
    return { ok: false, error: { kind: encoding, reason: "not a bundle of entries and faults" } };
  const bad = entries.findIndex((entry) => !isEntry(entry));
  if (bad >= 0) return { ok: false, error: { kind: "malformed", index: bad, reason: "not a trace entry" } };
  return { ok: true, data, bundle: value as EffectTraceBundle };
};
