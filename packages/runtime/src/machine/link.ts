import type { CodeImage } from "./code/image.ts";
import type {
  Branch,
  DecideState,
  LeaveState,
  PerformState,
  Program,
  ScopeState,
  TypeState,
} from "./code/program.ts";
import { needsPayload } from "./code/value-type.ts";
import type { DecisionOption, GuardRequest } from "./request.ts";

/** A branch with what a round needs of it worked out once. */
export interface LinkedBranch extends Branch {
  /** Index of its edge among the session's, -1 where the peer is not in the image. */
  readonly edge: number;
  readonly needsPayload: boolean;
  /** Absent on control frames: they are free of guard (model §3). */
  readonly guardRequest: GuardRequest | undefined;
  /** The requests of a send that needs nothing but its guard. */
  readonly guardOnly: readonly GuardRequest[];
  readonly option: DecisionOption;
  /** Set where an owner tells how it left a timeout scope. */
  readonly exit: { readonly scope: string; readonly outcome: string } | undefined;
}

/** A state that is no communication. */
export type OwnState =
  | PerformState
  | DecideState
  | LeaveState
  | (ScopeState & { readonly ownerEdge: number });

export interface LinkedState {
  readonly kind: TypeState["kind"];
  readonly branches: readonly LinkedBranch[];
  readonly options: readonly DecisionOption[];
  readonly arms: readonly number[];
  readonly next: number;
  /** What a perform, decide, scope or leave state says beside. */
  readonly own: OwnState | undefined;
}

export interface LinkedProgram extends Program {
  readonly linked: readonly LinkedState[];
}

export interface LinkedImage {
  readonly programs: readonly LinkedProgram[];
  readonly roleIndex: ReadonlyMap<string, number>;
  /** `from * roles + to` to the edge's index. */
  readonly edgeIndex: ReadonlyMap<number, number>;
  /** Whether any role may be in a timeout scope. */
  readonly scoped: boolean;
  /** Whether session time matters to it: timeout scopes, or operations held to a progress contract. */
  readonly timed: boolean;
}

const guardOf = (branch: Branch, role: string): GuardRequest | undefined =>
  branch.control === undefined
    ? {
        kind: "guard",
        role,
        peer: branch.peer,
        label: branch.label,
        edgeId: branch.edgeId,
        annotations: branch.annotations,
      }
    : undefined;

/** A control frame named after a scope of the sender's own says how it left that. */
const exitOf = (branch: Branch, owned: ReadonlySet<string>): LinkedBranch["exit"] =>
  branch.control !== undefined && owned.has(branch.control)
    ? { scope: branch.control, outcome: branch.label.slice(branch.control.length + 1) }
    : undefined;

/** An operation is begun under a progress contract. */
const isWatched = (state: TypeState): boolean =>
  state.kind === "perform" && state.deed.kind === "begin" && state.deed.contract !== undefined;

const ownedScopes = (program: Program): ReadonlySet<string> =>
  new Set(
    program.states.flatMap((state) =>
      state.kind === "scope" && state.millis !== undefined ? [state.scope] : [],
    ),
  );

const linkBranch = (
  branch: Branch,
  edge: number,
  guardRequest: GuardRequest | undefined,
  exit: LinkedBranch["exit"],
): LinkedBranch => ({
  ...branch,
  edge,
  exit,
  needsPayload: needsPayload(branch.type),
  guardRequest,
  guardOnly: guardRequest === undefined ? [] : [guardRequest],
  option: {
    label: branch.label,
    ...(branch.arm === undefined ? {} : { arm: branch.arm }),
    ...(branch.guard === undefined ? {} : { guard: branch.guard }),
    ...(branch.control === undefined ? {} : { control: branch.control }),
    peer: branch.peer,
    payload: branch.type,
    payloadText: branch.payload,
    annotations: branch.annotations,
    edgeId: branch.edgeId,
  },
});

const cache = new WeakMap<CodeImage, LinkedImage>();

/** Resolves edges and requests of an image; done once per image object. */
export const linkImage = (image: CodeImage): LinkedImage => {
  const known = cache.get(image);
  if (known !== undefined) return known;
  const size = image.roles.length;
  const roleIndex = new Map(image.roles.map((role, i) => [role, i]));
  const edgeIndex = new Map(image.edges.map(([from, to], i) => [from * size + to, i]));
  const owned = image.programs.map(ownedScopes);
  const linkOwn = (state: PerformState | DecideState | ScopeState | LeaveState, self: number): OwnState =>
    state.kind === "scope"
      ? { ...state, ownerEdge: edgeIndex.get((roleIndex.get(state.owner) ?? -1) * size + self) ?? -1 }
      : state;
  const linkState = (state: TypeState, self: number): LinkedState => {
    const none = { branches: [], options: [], arms: [], next: 0, own: undefined };
    if (state.kind === "end") return { kind: "end", ...none };
    if (state.kind === "par") return { kind: "par", ...none, arms: state.arms, next: state.next };
    if (!("branches" in state)) return { kind: state.kind, ...none, own: linkOwn(state, self) };
    const branches = state.branches.map((branch) => {
      const peer = roleIndex.get(branch.peer);
      const key = peer === undefined ? -1 : state.kind === "send" ? self * size + peer : peer * size + self;
      const guard = guardOf(branch, image.roles[self] as string);
      const exit = state.kind === "send" ? exitOf(branch, owned[self] as ReadonlySet<string>) : undefined;
      return linkBranch(branch, edgeIndex.get(key) ?? -1, guard, exit);
    });
    return { kind: state.kind, ...none, branches, options: branches.map((b) => b.option) };
  };
  const scoped = image.programs.some(({ states }) => states.some(({ kind }) => kind === "scope"));
  const linked: LinkedImage = {
    programs: image.programs.map((program, self) => ({
      ...program,
      linked: program.states.map((state) => linkState(state, self)),
    })),
    roleIndex,
    edgeIndex,
    scoped,
    timed: scoped || image.programs.some(({ states }) => states.some(isWatched)),
  };
  cache.set(image, linked);
  return linked;
};
