import type { Leakage } from "@parley/wire";
import { factsInOrder, type Journal, type JournalNamespace } from "../journal.ts";
import { protocolVariants } from "../protocol-variants.ts";
import type { AmpFact } from "./amp-transition.ts";
import { type ChannelState, channelStates } from "./channel-state.ts";

/** A journal of one kind was reduced as another. */
export interface WrongNamespace {
  readonly code: "PAR7731";
  readonly variant: "ContextAsAuthority" | "AuthorityAsContext";
  readonly namespace: JournalNamespace;
}

/** One thing a context holds on to: who is bound to whom, or what a type of fact amounts to. */
export interface RelationalBinding {
  /** The key of its reducer: `guardian-binding`, `session-delegation`, a generic type … */
  readonly type: string;
  readonly by: string;
  readonly fields: { readonly [name: string]: unknown };
}

/** What a context's journal amounts to (spec/aura-state.md §6.2). */
export interface RelationalState {
  readonly bindings: readonly RelationalBinding[];
  readonly leakage: Leakage;
  readonly channels: readonly ChannelState[];
  /** Fact count by type. */
  readonly counts: { readonly [type: string]: number };
}

const observers: { readonly [name: string]: keyof Leakage } = {
  External: "external",
  Neighbor: "neighbor",
  InGroup: "inGroup",
};

const leakageOf = (facts: readonly AmpFact[]): Leakage => {
  const sum = { external: 0, neighbor: 0, inGroup: 0 };
  for (const { variant, fields } of facts) {
    const observer = variant === "LeakageEvent" ? observers[String(fields.observer)] : undefined;
    const amount = Number.isSafeInteger(fields.amount) ? Number(fields.amount) : 0;
    if (observer !== undefined)
      sum[observer] = Math.min(Number.MAX_SAFE_INTEGER, sum[observer] + Math.max(0, amount));
  }
  return sum;
};

/** Reduces a context's journal; the same for every replica that holds the same facts. */
export const reduceContext = (
  journal: Journal,
):
  | { readonly ok: true; readonly state: RelationalState }
  | { readonly ok: false; readonly error: WrongNamespace } => {
  const { namespace } = journal;
  if (namespace.kind !== "context")
    return { ok: false, error: { code: "PAR7731", variant: "AuthorityAsContext", namespace } };
  const bindings: RelationalBinding[] = [];
  const protocol: AmpFact[] = [];
  const counts: Record<string, number> = {};
  for (const { by, content } of factsInOrder(journal)) {
    const type =
      content.kind === "protocol"
        ? (protocolVariants[content.variant]?.subType ?? content.variant)
        : content.kind === "generic"
          ? content.envelope.type
          : content.kind;
    counts[type] = (counts[type] ?? 0) + 1;
    if (content.kind !== "protocol") continue;
    protocol.push(content);
    if (!content.variant.startsWith("Amp") && content.variant !== "LeakageEvent")
      bindings.push({ type, by, fields: content.fields });
  }
  return {
    ok: true,
    state: { bindings, leakage: leakageOf(protocol), channels: channelStates(protocol), counts },
  };
};
