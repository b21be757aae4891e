import { reachedBy } from "@parley/runtime/derived";
import type { Fact, Hash } from "@parley/wire";
import { idOf } from "./derive-facts.ts";
import type { DerivedChange } from "./derived-change.ts";
import type { DerivedLook } from "./derived-look.ts";

/** Contexts remembered as never parted; all are forgotten when there are more. */
const REMEMBERED = 10_000;

/**
 * Contexts that were not parted when somebody looked, so that a send asks for
 * nothing: only an entry that parts one changes that, and it passes here.
 */
const whole = new WeakMap<DerivedLook, Set<string>>();

const wholeFor = (look: DerivedLook): Set<string> => {
  const known = whole.get(look) ?? new Set();
  whole.set(look, known);
  return known;
};

/** The context is parted with this entry, or was before. */
export const forgetWhole = (context: string, look: DerivedLook): void => {
  wholeFor(look).delete(context);
};

/**
 * Who holds which fact of a context, kept as what is missing: of a context
 * whose replicas were never parted that is nothing, and nothing is looked for.
 */
export class Membership {
  readonly changes: DerivedChange[] = [];
  private readonly context: string;
  private readonly look: DerivedLook;
  private readonly parted: boolean;
  private readonly groups: readonly (readonly string[])[] | undefined;
  private readonly replicas: string[];
  /** What replicas that join with this entry lack. */
  private readonly fresh = new Map<string, ReadonlySet<Hash>>();

  constructor(context: string, look: DerivedLook) {
    const known = wholeFor(look);
    const [row] = known.has(context) ? [] : look("contexts", { id: context });
    if (row?.parted === 0) {
      if (known.size >= REMEMBERED) known.clear();
      known.add(context);
    }
    this.context = context;
    this.look = look;
    this.parted = row?.parted === 1;
    this.groups = typeof row?.groups === "string" ? JSON.parse(row.groups) : undefined;
    this.replicas = this.parted ? look("replicas", { context }).map(({ authority }) => authority) : [];
  }

  /** New replicas start with what those they reach hold; of these, only the ones there before. */
  join(authorities: readonly string[]): void {
    if (!this.parted) return;
    const before = [...this.replicas];
    for (const authority of new Set(authorities)) {
      if (before.includes(authority)) continue;
      const lacking = this.lackedByAll(reachedBy(before, this.groups, authority));
      this.fresh.set(authority, lacking);
      this.replicas.push(authority);
      for (const fact of lacking) this.lose(fact, authority);
    }
  }

  /** Facts added at one replica: whoever it reaches holds them, whoever it does not lacks what is new. */
  add(replica: string, facts: readonly Fact[]): void {
    if (!this.parted) return;
    this.join([replica]);
    const reached = reachedBy(this.replicas, this.groups, replica);
    const beyond = this.replicas.filter((one) => !reached.includes(one));
    for (const fact of new Set(facts.flatMap((one) => idOf(one) ?? [])))
      if (this.known(fact)) for (const one of reached) this.gain(fact, one);
      else for (const one of beyond) this.lose(fact, one);
  }

  /** A run of anti-entropy: each side gets what the other held before it. */
  sync(
    [requester, responder]: readonly [string, string],
    toRequester: readonly Hash[],
    toResponder: readonly Hash[],
  ): void {
    if (!this.parted) return;
    this.join([requester, responder]);
    for (const fact of toRequester) if (this.holds(responder, fact)) this.gain(fact, requester);
    for (const fact of toResponder) if (this.holds(requester, fact)) this.gain(fact, responder);
  }

  private known(fact: Hash): boolean {
    return this.look("facts", { stream: this.context, id: fact }).length > 0;
  }

  private holds(authority: string, fact: Hash): boolean {
    const lacking = this.fresh.get(authority);
    const { context } = this;
    return (
      this.known(fact) &&
      !(lacking?.has(fact) ?? this.look("missing_facts", { context, fact, authority }).length > 0)
    );
  }

  private lackedByAll(replicas: readonly string[]): ReadonlySet<Hash> {
    const { context } = this;
    const [first, ...others] = replicas.map(
      (authority) => new Set(this.look("missing_facts", { context, authority }).map(({ fact }) => fact)),
    );
    if (first === undefined) return new Set(this.look("facts", { stream: context }).map(({ id }) => id));
    return new Set([...first].filter((fact) => others.every((one) => one.has(fact))));
  }

  private lose(fact: Hash, authority: string): void {
    const row = { context: this.context, fact, authority };
    this.changes.push({ op: "put", table: "missing_facts", row, update: [] });
  }

  private gain(fact: Hash, authority: string): void {
    this.changes.push({
      op: "drop",
      table: "missing_facts",
      key: { context: this.context, fact, authority },
    });
  }
}
