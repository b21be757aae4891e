import type { AuthorityInput, ContextInput } from "@parley/wire";
import type { HostCore } from "../core.ts";
import type { LogStore } from "../ports.ts";
import type { SimulatedCharge } from "../session/denials.ts";
import type { SessionState } from "../session/session-state.ts";
import { type AuthorityState, emptyAuthority, foldAuthority, settled } from "../streams/authority-state.ts";
import { type ContextState, contextOf, emptyContext, foldContext } from "../streams/context-state.ts";
import { foldRecorded } from "../streams/register-entry.ts";
import { chargeOf } from "./charge-of.ts";

const PAGE = 1_024;

interface Overlay {
  readonly state: AuthorityState;
  readonly charges: readonly SimulatedCharge[];
}

/**
 * What a what-if reads of other streams: authorities and context as they were
 * at its commit, with its own charges on top (model §1.6).
 */
export class ForkBase {
  /** The context whose budgets it goes on with: that of the session it was made from. */
  readonly context: string;
  readonly groups: ContextState["groups"];
  private readonly states: ReadonlyMap<string, AuthorityState>;
  private readonly overlays = new Map<string, Overlay>();

  constructor(context: string, groups: ContextState["groups"], states: ReadonlyMap<string, AuthorityState>) {
    this.context = context;
    this.groups = groups;
    this.states = states;
  }

  /** An authority as it was when the what-if began. */
  begin(authority: string): AuthorityState | undefined {
    return this.states.get(authority);
  }

  /** An authority as the what-if sees it now. */
  stateOf(session: SessionState, authority: string): AuthorityState | undefined {
    const base = this.states.get(authority);
    if (base === undefined) return undefined;
    const known = this.overlays.get(authority);
    const charges = session.simulatedCharges;
    if (known?.charges === charges) return known.state;
    const where = { context: this.context, session: session.stream };
    const state = charges
      .filter((one) => one.authority === authority)
      .reduce((before, one) => settled(before, chargeOf(before, one, where), before.seq), base);
    this.overlays.set(authority, { state, charges });
    return state;
  }
}

/** Folds a register stream as far as it stood at a commit. */
const foldUntil = async <S>(
  store: LogStore,
  stream: string,
  commit: number,
  start: S,
  step: (state: S, entry: Parameters<typeof foldRecorded>[2]) => S,
): Promise<S> => {
  let state = start;
  for (let from = 0; ; from += PAGE) {
    const page = await store.read(stream, from, PAGE);
    for (const stored of page) {
      if (stored.commit > commit) return state;
      state = step(state, stored);
    }
    if (page.length < PAGE) return state;
  }
};

/** An authority as it stood at a commit. */
export const authorityAt = (store: LogStore, authority: string, commit: number): Promise<AuthorityState> =>
  foldUntil(
    store,
    authority,
    commit,
    emptyAuthority(authority),
    (state, stored) => foldRecorded<AuthorityState, AuthorityInput>(state, foldAuthority, stored).state,
  );

/** The session at the beginning of a line of what-ifs. */
const rootOf = (core: Pick<HostCore, "workspace">, id: string): string => {
  const parent = core.workspace.durable.sessions.get(id)?.parent;
  return parent === null || parent === undefined ? id : rootOf(core, parent.id);
};

/** An authority at a commit: what is in memory where it has not moved on since. */
const baseOf = async (
  core: Pick<HostCore, "store" | "authorities">,
  authority: string,
  commit: number,
): Promise<AuthorityState> => {
  const head = await core.store.head(authority);
  const durable = core.authorities.get(authority)?.durable;
  return head !== undefined && head.commit <= commit && durable?.hash === head.hash
    ? durable
    : authorityAt(core.store, authority, commit);
};

/** Reads what a what-if stands on. */
export const loadForkBase = async (
  core: Pick<HostCore, "store" | "workspace" | "authorities">,
  parent: string,
  commit: number,
  seats: SessionState["pin"]["seats"],
): Promise<ForkBase> => {
  const context = contextOf(rootOf(core, parent));
  const { groups } = await foldUntil(
    core.store,
    context,
    commit,
    emptyContext(context),
    (state, stored) => foldRecorded<ContextState, ContextInput>(state, foldContext, stored).state,
  );
  const states = new Map<string, AuthorityState>();
  for (const authority of new Set(seats.map((seat) => seat.authority)))
    states.set(authority, await baseOf(core, authority, commit));
  return new ForkBase(context, groups, states);
};
