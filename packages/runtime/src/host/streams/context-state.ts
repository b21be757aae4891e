import type { ContextInput } from "@parley/wire";
import { type SyncPair, stepSyncPair } from "../../services/index.ts";
import { emptyBase, type StreamBase } from "./stream-state.ts";

/**
 * The fold of a context's stream as far as commands need it: how many facts it
 * holds, whose replicas, and who reaches whom. The facts themselves are its
 * entries; `context-replicas.ts` folds them for whoever looks.
 */
export interface ContextState extends StreamBase {
  readonly title: string;
  readonly facts: number;
  /** Authorities with a replica, in order of joining. */
  readonly replicas: readonly string[];
  /** Set while replicas are parted. */
  readonly groups: readonly (readonly string[])[] | undefined;
  /** Pairs of replicas of which synchronising failed, by requester and responder. */
  readonly pairs: ReadonlyMap<string, SyncPair>;
}

/** The name of a pair of replicas. */
export const pairName = (requester: string, responder: string): string => `${requester}|${responder}`;

export const emptyContext = (stream: string): ContextState => ({
  ...emptyBase(stream),
  title: "",
  facts: 0,
  replicas: [],
  groups: undefined,
  pairs: new Map(),
});

const joined = (replicas: readonly string[], more: readonly string[]): readonly string[] => {
  const fresh = more.filter((one) => !replicas.includes(one));
  return fresh.length === 0 ? replicas : [...replicas, ...new Set(fresh)];
};

export const foldContext = (state: ContextState, input: ContextInput, at: number): ContextState => {
  switch (input.kind) {
    case "context.created":
      return { ...state, title: input.title };
    case "fact.recorded":
      return { ...state, facts: state.facts + 1, replicas: joined(state.replicas, [input.by]) };
    case "replica.joined":
      return { ...state, replicas: joined(state.replicas, input.authorities) };
    case "facts.added":
      return {
        ...state,
        facts: state.facts + input.facts.length,
        replicas: joined(state.replicas, [input.replica]),
      };
    case "replicas.parted":
      return { ...state, groups: input.groups };
    case "replicas.healed":
      return { ...state, groups: undefined };
    case "replicas.synced":
      return state;
    case "sync.tried": {
      const name = pairName(input.requester, input.responder);
      const pair = stepSyncPair(state.pairs.get(name), input, at);
      return { ...state, pairs: new Map(state.pairs).set(name, pair) };
    }
  }
};

/** Each session has a context of its own (aura-runtime §1), named after it. */
export const contextOf = (session: string): string => `ctx:${session}`;

/**
 * Whether a device reaches all other devices of its authority in a context. A
 * group of a partition may name devices; one it does not name goes with its
 * authority.
 */
export const reachesOwn = (
  { groups }: Pick<ContextState, "groups">,
  authority: string,
  device: string,
  devices: readonly string[],
): boolean => {
  if (groups === undefined) return true;
  const own = groups.findIndex((group) => group.includes(authority));
  const groupOf = (one: string): number => {
    const named = groups.findIndex((group) => group.includes(one));
    return named < 0 ? own : named;
  };
  return devices.every((one) => groupOf(one) === groupOf(device));
};
