import { KernelIndex } from "../projection/kernel-index.ts";
import { RoleProjector } from "../projection/role-projector.ts";
import { type Value, without } from "../projection/value.ts";
import { edgePath } from "./edge-path.ts";
import { LoopRoles } from "./loop-roles.ts";
import type { Comm, CommBranch, Hidden, Kernel, TimeoutScope } from "./node.ts";
import { postOrder, rebuild, withChildren } from "./walk.ts";

/** A decision that no message of the source carries. */
type Untold = Hidden | TimeoutScope;

/** The role reaches its next deed, or the end, without knowing how the decision went. `vars` are the loops it must know about. */
const canTell = (vars: ReadonlySet<string>, rest: Value["rest"]): boolean =>
  rest === undefined ? vars.size <= 1 : vars.size === 0;

/** Trial projections of the part that is laid out so far, one per role. */
class Trial {
  readonly index = new KernelIndex();
  private readonly roles: readonly string[];
  private readonly loops: LoopRoles;
  private readonly projectors = new Map<string, RoleProjector>();

  constructor(roles: readonly string[], loops: LoopRoles) {
    this.roles = roles;
    this.loops = loops;
  }

  /** Who must be told of a decision about a loop, in order of declaration; somebody always is, so that the decision exists on the machine. */
  toldOfRound(node: Hidden, loop: string): readonly string[] {
    const [again] = node.branches;
    const told: string[] = [];
    let inLoop: string | undefined;
    let later: string | undefined;
    for (const role of this.roles) {
      if (role === node.decider.name || this.index.mentionsOf(role).length === 0) continue;
      const projector = this.projector(role);
      if (!projector.takesPart(node)) continue;
      const { vars, rest } = projector.decided(node);
      if (projector.partedAt.has(node) || !canTell(without(vars, loop), rest)) told.push(role);
      if (again !== undefined && projector.acts(again.next)) inLoop ??= role;
      later ??= role;
    }
    const somebody = inLoop ?? later;
    return told.length > 0 || somebody === undefined ? told : [somebody];
  }

  /** Who must be told which arm of a `case` it is, in order of declaration; perhaps nobody. */
  toldOfArm(node: Hidden, source: Kernel): readonly string[] {
    return this.roles.filter((role) => role !== node.decider.name && this.mustHear(role, node, source));
  }

  /** Who must be told how a timeout was left: whoever acts in its body, and whoever could not tell. */
  toldOfExit(node: TimeoutScope, source: Kernel): readonly string[] {
    return this.roles.filter(
      (role) =>
        role !== node.owner.name &&
        (this.projector(role).acts(node.body) || this.mustHear(role, node, source)),
    );
  }

  /** Adds what is not known yet below and including `root`. */
  add(root: Kernel): void {
    for (const node of postOrder(root, (child) => this.index.has(child))) this.index.add(node);
  }

  /** A role that does nothing further need not know, nor one that waits while loops it has no part in go round. */
  private mustHear(role: string, node: Untold, source: Kernel): boolean {
    const projector = this.projector(role);
    const own = this.loops.of(role, source);
    if (own.size === 0 && !projector.takesPart(node)) return false;
    const { vars, rest } = projector.decided(node);
    const concerned = new Set([...vars].filter((name) => own.has(name)));
    return projector.partedAt.has(node) || !canTell(concerned, rest);
  }

  private projector(role: string): RoleProjector {
    const projector = this.projectors.get(role) ?? new RoleProjector(this.index, role);
    this.projectors.set(role, projector);
    return projector.advance();
  }
}

const frame = (node: Untold, outcome: string, to: string, leg: number, next: Kernel): CommBranch => ({
  label: `${node.scope}:${outcome}`,
  to: { name: to },
  payload: { text: "", sort: "Unit" },
  annotations: [],
  edge: edgePath.leg(node.scope, leg),
  span: node.span,
  next,
});

const control = (node: Untold, branches: readonly CommBranch[]): Comm => ({
  kind: "comm",
  from: node.kind === "hidden" ? node.decider : node.owner,
  branches,
  control: node.scope,
  span: node.span,
});

/** One frame to each of `told`, the first of which has number `first`, then `next`. */
const framesTo = (node: Untold, outcome: string, told: readonly string[], next: Kernel, first = 0): Kernel =>
  told.reduceRight<Kernel>(
    (rest, role, i) => control(node, [frame(node, outcome, role, first + i, rest)]),
    next,
  );

/** The first frame carries the decision. */
const roundFrames = (node: Hidden, told: readonly string[]): Kernel => {
  const [first, ...others] = told;
  // A loop nobody but its decider hears of has no message at all, and nothing to decide about.
  if (first === undefined) return node.branches.at(-1)?.next ?? { kind: "end" };
  return control(
    node,
    node.branches.map((b) => {
      const { label, ...rest } = frame(
        node,
        b.outcome,
        first,
        0,
        framesTo(node, b.outcome, others, b.next, 1),
      );
      return { label, arm: b.outcome, ...rest };
    }),
  );
};

/** The decision stays, and each of its ways begins with the frames. */
const armFrames = (node: Hidden, told: readonly string[]): Hidden =>
  told.length === 0
    ? node
    : {
        ...node,
        branches: node.branches.map((b) => ({ ...b, next: framesTo(node, b.outcome, told, b.next) })),
      };

const exitFrames = (node: TimeoutScope, told: readonly string[]): TimeoutScope => ({
  ...node,
  exits: node.exits.map((exit) => ({ ...exit, next: framesTo(node, exit.outcome, told, exit.next) })),
  told,
});

const tellOnce = (
  body: Kernel,
  roles: readonly string[],
  loopOf: ReadonlyMap<Kernel, string>,
  loops: LoopRoles,
): { readonly result: Kernel; readonly news: boolean } => {
  const trial = new Trial(roles, loops);
  let news = false;
  const heard = (told: readonly string[], source: Kernel): readonly string[] => {
    if (loops.join(told, source)) news = true;
    return told;
  };
  const told = (node: Kernel, source: Kernel): Kernel => {
    if (node.kind === "scope") return exitFrames(node, heard(trial.toldOfExit(node, source), source));
    if (node.kind !== "hidden") return node;
    if (node.quiet === true) return armFrames(node, heard(trial.toldOfArm(node, source), source));
    return roundFrames(node, heard(trial.toldOfRound(node, loopOf.get(source) ?? ""), source));
  };
  const result = rebuild(body, (node, of) => {
    const made = told(withChildren(node, of), node);
    trial.add(made);
    return made;
  });
  return { result, news };
};

/**
 * Turns hidden decisions into control frames (model §3): the decider tells
 * each role that takes part later and could not tell from its next message,
 * and the owner of a timeout also each role that acts in its body. Inner
 * decisions come first, so that what they tell counts for the outer ones.
 * `body` has plain roles only.
 */
export const tell = (body: Kernel, roles: readonly string[]): Kernel => {
  const order = postOrder(body);
  if (!order.some((node) => node.kind === "hidden" || node.kind === "scope")) return body;
  const loopOf = new Map<Kernel, string>();
  for (const node of order) if (node.kind === "mu") loopOf.set(node.body, node.var);
  const loops = new LoopRoles(order);
  const keepsQuiet = order.some((node) => node.kind === "scope" || (node.kind === "hidden" && node.quiet));
  // A role that is told in a loop acts in it from then on, and must know more about it.
  for (;;) {
    const { result, news } = tellOnce(body, roles, loopOf, loops);
    if (!news || !keepsQuiet) return result;
  }
};
