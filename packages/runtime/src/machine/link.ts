import type { CodeImage } from "./code/image.ts";
import type { Branch, Program, TypeState } from "./code/program.ts";
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
}

export interface LinkedState {
  readonly kind: TypeState["kind"];
  readonly branches: readonly LinkedBranch[];
  readonly options: readonly DecisionOption[];
  readonly arms: readonly number[];
  readonly next: number;
}

export interface LinkedProgram extends Program {
  readonly linked: readonly LinkedState[];
}

export interface LinkedImage {
  readonly programs: readonly LinkedProgram[];
  readonly roleIndex: ReadonlyMap<string, number>;
  /** `from * roles + to` to the edge's index. */
  readonly edgeIndex: ReadonlyMap<number, number>;
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

const linkBranch = (branch: Branch, edge: number, guardRequest: GuardRequest | undefined): LinkedBranch => ({
  ...branch,
  edge,
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
  const linkState = (state: TypeState, self: number): LinkedState => {
    if (state.kind === "end") return { kind: "end", branches: [], options: [], arms: [], next: 0 };
    if (state.kind === "par")
      return { kind: "par", branches: [], options: [], arms: state.arms, next: state.next };
    const branches = state.branches.map((branch) => {
      const peer = roleIndex.get(branch.peer);
      const key = peer === undefined ? -1 : state.kind === "send" ? self * size + peer : peer * size + self;
      const guard = guardOf(branch, image.roles[self] as string);
      return linkBranch(branch, edgeIndex.get(key) ?? -1, guard);
    });
    return { kind: state.kind, branches, options: branches.map((b) => b.option), arms: [], next: 0 };
  };
  const linked: LinkedImage = {
    programs: image.programs.map((program, self) => ({
      ...program,
      linked: program.states.map((state) => linkState(state, self)),
    })),
    roleIndex,
    edgeIndex,
  };
  cache.set(image, linked);
  return linked;
};
