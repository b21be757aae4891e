import type { Diagnostic } from "./diagnostics/diagnostic.ts";
import { MAX_MEMBERS, type Members, RoleBinder } from "./kernel/bind-roles.ts";
import type { Bindings, BoundProtocol } from "./kernel/bound.ts";
import { edgePath } from "./kernel/edge-path.ts";
import { MAX_KERNEL_NODES } from "./kernel/lower.ts";
import type {
  Comm,
  CommBranch,
  Deed,
  Hidden,
  Kernel,
  KernelProtocol,
  KernelRole,
  Local,
  TimeoutScope,
} from "./kernel/node.ts";
import { tell } from "./kernel/tell.ts";
import { postOrder, rebuild, thenContinue, withChildren } from "./kernel/walk.ts";

/** A bound protocol, or why these numbers do not fit. */
export type Bound =
  | { readonly ok: true; readonly protocol: BoundProtocol }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** The most rounds a `repeat name` may be given. */
const MAX_ROUNDS = 1_000_000;

const NOWHERE = { start: 0, end: 0 } as const;

class TooLarge extends Error {}

/** Plain roles only, and no name to bind: the body says already what it means. */
const isLaidOut = ({ roles, parameters }: KernelProtocol): boolean =>
  parameters.length === 0 && roles.every((role) => role.size === undefined);

/** Lays out families and rounds, bottom-up. */
class Binder {
  readonly roles: RoleBinder;
  private readonly protocol: KernelProtocol;
  private nodes = 0;

  constructor(protocol: KernelProtocol, bindings: Bindings) {
    this.protocol = protocol;
    this.roles = new RoleBinder(protocol, bindings);
  }

  body(): Kernel {
    if (isLaidOut(this.protocol)) return this.protocol.body;
    return rebuild(this.protocol.body, (node, of) => {
      switch (node.kind) {
        case "comm":
          return node.branches.length === 1 ? this.send(node, of) : this.decision(node, of);
        case "hidden":
          return this.hidden(node, of);
        case "local":
          return this.local(node, of(node.next));
        case "scope":
          return this.scope(node, of);
        case "repeat": {
          const rounds = this.roles.number(node.count, node.span, 0, MAX_ROUNDS) ?? 0;
          return this.rounds(of(node.body), of(node.next), rounds);
        }
        default:
          return this.count(withChildren(node, of));
      }
    });
  }

  private count<K extends Kernel>(node: K): K {
    if (++this.nodes > MAX_KERNEL_NODES) throw new TooLarge();
    return node;
  }

  private rounds(body: Kernel, next: Kernel, n: number): Kernel {
    if (body.kind === "end") return next;
    const size = postOrder(body).length;
    let rest = next;
    for (let i = 0; i < n; i++) {
      this.nodes += size;
      if (this.nodes > MAX_KERNEL_NODES) throw new TooLarge();
      rest = thenContinue(body, rest);
    }
    return rest;
  }

  /** The number of the first leg: broadcasts count through all their receivers, a family send from 0. */
  private firstLeg(branch: CommBranch, from: string): number | undefined {
    const send = edgePath.send(branch.edge);
    if (send === branch.edge) return undefined;
    let legs = 0;
    for (const decl of this.protocol.roles) {
      if (decl.name === branch.to.name) return legs;
      legs += this.roles.declared(decl).filter((name) => name !== from).length;
      // A plain sender is not among its own receivers, nor is its family.
      if (decl.size !== undefined && decl.name === from) legs -= this.roles.size(decl.name) ?? 0;
    }
    return legs;
  }

  private pairs(
    from: Members,
    to: Members,
    node: Comm,
    branch: CommBranch,
  ): readonly (readonly [string, string])[] {
    const pair = (a: string, b: string): readonly [string, string] => [a, b];
    const [first] = from.names;
    let all: readonly (readonly [string, string])[];
    if (!from.group && first !== undefined) all = to.names.map((name) => pair(first, name));
    else if (!to.group) all = from.names.flatMap((name) => to.names.map((other) => pair(name, other)));
    else if (from.names.length === to.names.length)
      all = from.names.map((name, i) => pair(name, to.names[i] ?? name));
    else {
      this.roles.report("unequalGroups", branch.span, {
        from: node.from.name,
        fromCount: String(from.names.length),
        to: branch.to.name,
        toCount: String(to.names.length),
      });
      all = [];
    }
    return all.filter(([a, b]) => a !== b);
  }

  /** One leg per pair; the edge of a lone plain send stays as it is. */
  private legs(node: Comm, branch: CommBranch, next: Kernel): Kernel {
    const from = this.roles.members(node.from, branch.span);
    const to = this.roles.members(branch.to, branch.span);
    if (from === undefined || to === undefined) return next;
    const base = this.firstLeg(branch, from.names[0] ?? node.from.name);
    const numbered = base !== undefined || from.group || to.group;
    const pairs = this.pairs(from, to, node, branch);
    const { arm: _arm, guard: _guard, ...plain } = branch;
    let rest = next;
    for (let i = pairs.length - 1; i >= 0; i--) {
      const pair = pairs[i];
      if (pair === undefined) continue;
      const edge = numbered ? edgePath.leg(edgePath.send(branch.edge), (base ?? 0) + i) : branch.edge;
      rest = this.count({
        ...node,
        from: { name: pair[0] },
        // The first leg of an arm carries its decision, later ones are plain sends.
        branches: [{ ...(i === 0 ? branch : plain), to: { name: pair[1] }, edge, next: rest }],
      });
    }
    return rest;
  }

  private send(node: Comm, of: (child: Kernel) => Kernel): Kernel {
    const [branch] = node.branches;
    return branch === undefined ? node : this.legs(node, branch, of(branch.next));
  }

  private decider(node: Comm | Hidden | TimeoutScope, role: KernelRole): string | undefined {
    const members = this.roles.members(role, node.span);
    const [name] = members?.names ?? [];
    if (members?.group === true) this.roles.report("familyDecides", node.span, { role: role.name });
    return members?.group === false ? name : undefined;
  }

  private decision(node: Comm, of: (child: Kernel) => Kernel): Kernel {
    const from = this.decider(node, node.from);
    if (from === undefined) return { kind: "end" };
    const branches = node.branches.map((branch): CommBranch => {
      const next = of(branch.next);
      const laid = this.legs(node, branch, next);
      if (laid === next)
        this.roles.report("decisionToNobody", branch.span, { arm: branch.arm ?? branch.label });
      const [head] = laid !== next && laid.kind === "comm" ? laid.branches : [];
      return head ?? { ...branch, next };
    });
    return this.count({ ...node, from: { name: from }, branches });
  }

  private hidden(node: Hidden, of: (child: Kernel) => Kernel): Kernel {
    const decider = this.decider(node, node.decider);
    const branches = node.branches.map((b) => ({ ...b, next: of(b.next) }));
    return this.count({ ...node, decider: { name: decider ?? node.decider.name }, branches });
  }

  private scope(node: TimeoutScope, of: (child: Kernel) => Kernel): Kernel {
    const owner = this.decider(node, node.owner);
    const exits = node.exits.map((exit) => ({ ...exit, next: of(exit.next) }));
    return this.count({ ...node, owner: { name: owner ?? node.owner.name }, body: of(node.body), exits });
  }

  /** Each member does it, in index order. */
  private local(node: Local, next: Kernel): Kernel {
    const members = this.roles.members(node.role, node.span);
    if (members === undefined) return next;
    let rest = next;
    for (let k = members.names.length - 1; k >= 0; k--) {
      const name = members.names[k];
      const deed = name === undefined ? undefined : this.deed(node, members, k);
      if (name === undefined || deed === undefined) continue;
      const edge = members.group ? edgePath.leg(node.edge, k) : node.edge;
      rest = this.count({ ...node, role: { name }, deed, edge, next: rest });
    }
    return rest;
  }

  /** What member `k` does: a family gives only to a family of its size, member by member. */
  private deed(node: Local, from: Members, k: number): Deed | undefined {
    const { deed } = node;
    const role = deed.kind === "transfer" ? deed.to : deed.kind === "handoff" ? deed.target : undefined;
    if (role === undefined) return deed;
    const to = this.roles.members(role, node.span);
    if (to === undefined) return undefined;
    const name = to.group ? to.names[k] : to.names[0];
    if (name === undefined || (to.group && to.names.length !== from.names.length)) {
      this.roles.report("unequalGroups", node.span, {
        from: node.role.name,
        fromCount: String(from.names.length),
        to: role.name,
        toCount: String(to.names.length),
      });
      return undefined;
    }
    if (deed.kind === "transfer") return { ...deed, to: { name } };
    return deed.kind === "handoff" ? { ...deed, target: { name } } : deed;
  }
}

/**
 * Gives families and names their numbers (model §3): every member in index
 * order, families paired only with families of equal size, rounds laid out,
 * and hidden decisions told to those who could not know (`tell`).
 *
 * @example bind(protocol, { families: { W: 3 }, names: { rounds: 2 } })
 */
export const bind = (protocol: KernelProtocol, bindings: Bindings): Bound => {
  const binder = new Binder(protocol, bindings);
  const { diagnostics } = binder.roles;
  const roles = protocol.roles.flatMap((decl) => binder.roles.declared(decl));
  if (roles.length > MAX_MEMBERS) {
    binder.roles.report("tooManyRoles", NOWHERE, { count: String(roles.length), limit: String(MAX_MEMBERS) });
  }
  if (diagnostics.length > 0) return { ok: false, diagnostics };
  try {
    const body = binder.body();
    if (diagnostics.length > 0) return { ok: false, diagnostics };
    return {
      ok: true,
      protocol: {
        name: protocol.name,
        ...(protocol.namespace === undefined ? {} : { namespace: protocol.namespace }),
        roles,
        body: tell(body, roles),
      },
    };
  } catch (error) {
    if (!(error instanceof TooLarge)) throw error;
    binder.roles.report("kernelTooLarge", NOWHERE, { limit: String(MAX_KERNEL_NODES) });
    return { ok: false, diagnostics };
  }
};

/** True when nothing is left to bind: no family without a size, no free name. */
export const isClosed = (protocol: KernelProtocol): boolean =>
  protocol.parameters.length === 0 && protocol.roles.every((role) => typeof role.size !== "string");
