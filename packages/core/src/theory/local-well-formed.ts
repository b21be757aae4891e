import type { LocalType } from "../projection/local-type.ts";
import { freeLocalVars } from "../projection/local-walk.ts";
import { nextOf, placesOf } from "./places.ts";

/**
 * What is wrong with a local type by itself.
 * - `unbound`: a loop is continued that is nowhere begun.
 * - `unguarded`: a loop goes round without the role doing anything.
 * - `empty`: a decision without ways.
 * - `duplicate`: two ways of one decision look the same to whoever is told.
 * - `self`: the role talks to itself.
 * - `race`: two parallel arms talk to one peer in the same direction.
 */
export interface LocalFlaw {
  readonly kind: "unbound" | "unguarded" | "empty" | "duplicate" | "self" | "race";
  /** The loop variable, label or peer concerned. */
  readonly name: string;
}

const branchFlaws = (
  type: Extract<LocalType, { kind: "send" | "recv" }>,
  role: string,
): readonly LocalFlaw[] => {
  if (type.branches.length === 0) return [{ kind: "empty", name: type.kind }];
  const flaws: LocalFlaw[] = [];
  const seen = new Set<string>();
  for (const { peer, label } of type.branches) {
    const key = `${peer}\u0000${label}`;
    if (seen.has(key)) flaws.push({ kind: "duplicate", name: label });
    seen.add(key);
  }
  const self = type.kind === "recv" ? type.from === role : type.branches.some(({ peer }) => peer === role);
  return self ? [...flaws, { kind: "self", name: role }] : flaws;
};

/** `!Shop`, `?Shop`: everything an arm says or hears, once. */
const channelsOf = (arm: LocalType): ReadonlySet<string> => {
  const channels = new Set<string>();
  for (const place of placesOf(arm)) {
    if (place.kind === "recv") channels.add(`?${place.from}`);
    if (place.kind === "send") for (const { peer } of place.branches) channels.add(`!${peer}`);
  }
  return channels;
};

const raceFlaws = (type: Extract<LocalType, { kind: "par" }>): readonly LocalFlaw[] => {
  const taken = new Set<string>();
  const flaws: LocalFlaw[] = [];
  for (const arm of type.arms) {
    const channels = channelsOf(arm);
    for (const channel of channels) if (taken.has(channel)) flaws.push({ kind: "race", name: channel });
    for (const channel of channels) taken.add(channel);
  }
  return flaws;
};

/** Loops whose body comes back to them before anything is done. A list of work: a long type is deeper than the stack. */
const unguarded = (root: LocalType): ReadonlySet<string> => {
  const found = new Set<string>();
  const seen = new Set<LocalType>([root]);
  const heads = [root];
  for (const head of heads) {
    const open: string[] = [];
    let type = head;
    for (; type.kind === "mu"; type = type.body) open.push(type.var);
    if (type.kind === "var" && open.includes(type.name)) found.add(type.name);
    for (const next of nextOf(type)) {
      if (seen.has(next)) continue;
      seen.add(next);
      heads.push(next);
    }
  }
  return found;
};

/**
 * Every flaw of a role's type: closed, guarded, decisions with distinct ways,
 * nobody to itself, parallel arms apart (spec/projection §3, model §3). What
 * `project` answers has none.
 */
export const localFlaws = (type: LocalType, role: string): readonly LocalFlaw[] => {
  const loops = unguarded(type);
  return [
    ...[...freeLocalVars(type)].map((name): LocalFlaw => ({ kind: "unbound", name })),
    ...[...loops].map((name): LocalFlaw => ({ kind: "unguarded", name })),
    ...placesOf(type).flatMap((place) => {
      if (place.kind === "send" || place.kind === "recv") return branchFlaws(place, role);
      return place.kind === "par" ? raceFlaws(place) : [];
    }),
  ];
};
