import { isLifecycle, placesBinding } from "./authority.ts";
import { type DslBranch, type DslLocal, dslEnd, type ProjectionFailure, thenDsl } from "./dsl-local.ts";
import { mergeBranches } from "./dsl-merge.ts";
import { joinParallel } from "./dsl-parallel.ts";
import { mentions } from "./participants.ts";
import { matchesFamily, paramText, type ReferenceRole } from "./role.ts";
import type {
  Protocol,
  TreeBroadcast,
  TreeCase,
  TreeChoice,
  TreeLoop,
  TreeParallel,
  TreeSend,
  TreeTimeout,
} from "./tree.ts";

export type Projected = DslLocal | ProjectionFailure;

const isFailure = <T extends object>(value: T | boolean | ProjectionFailure): value is ProjectionFailure =>
  typeof value === "object" && "error" in value;

/** Whether the role being projected is the one the tree names; indices do not count (projection.md §8.2). */
const isMe = (me: ReferenceRole, role: ReferenceRole): boolean | ProjectionFailure => {
  if (me.name !== role.name) return false;
  if (me.param?.kind === "runtime" || role.param?.kind === "runtime") {
    const message = `dynamic role ${me.name} requires runtime context for projection`;
    return { kind: "failure", error: "DynamicRoleProjection", message };
  }
  if (me.param === undefined || role.param === undefined) return me.param === role.param;
  const symbolic = [me.param, role.param].find((param) => param.kind === "symbolic");
  if (symbolic !== undefined) {
    const message = `symbolic role parameter '${paramText(symbolic)}' not bound in context`;
    return { kind: "failure", error: "UnboundSymbolic", message };
  }
  return paramText(me.param) === paramText(role.param);
};

const unprojectable = (construct: string): ProjectionFailure => ({
  kind: "failure",
  error: "UnsupportedAuthorityConstruct",
  message: `authority-local construct \`${construct}\` is not projectable without an explicit session-typing rule`,
});

/** Projects one tree for one role; shared continuations are projected once. */
class Projection {
  private readonly done = new Map<Protocol, Projected>();
  private readonly me: ReferenceRole;

  constructor(me: ReferenceRole) {
    this.me = me;
  }

  project(node: Protocol): Projected {
    const known = this.done.get(node);
    if (known !== undefined) return known;
    const projected = this.byKind(node);
    this.done.set(node, projected);
    return projected;
  }

  private byKind(node: Protocol): Projected {
    switch (node.kind) {
      case "send":
        return this.send(node);
      case "broadcast":
        return this.broadcast(node);
      case "choice":
        return this.choice(node);
      case "let":
        return this.project(node.next);
      case "deed":
        return isLifecycle(node.what) ? unprojectable(node.what) : this.project(node.next);
      case "case":
        return this.caseOf(node);
      case "timeout":
        return this.timeout(node);
      case "loop":
        return this.loop(node);
      case "parallel":
        return this.parallel(node);
      case "rec": {
        const body = this.project(node.body);
        return body.kind === "failure" || body.kind === "end"
          ? body
          : { kind: "rec", label: node.label, body };
      }
      case "var":
        return { kind: "var", label: node.label };
      case "end":
        return dslEnd;
    }
  }

  private send({ from, to, message, next }: TreeSend): Projected {
    const sends = isMe(this.me, from);
    const receives = isMe(this.me, to);
    if (isFailure(sends)) return sends;
    if (isFailure(receives)) return receives;
    const rest = this.project(next);
    if (rest.kind === "failure") return rest;
    if (sends) return { kind: "send", to, message, next: rest };
    return receives ? { kind: "receive", from, message, next: rest } : rest;
  }

  private broadcast({ from, to, message, next }: TreeBroadcast): Projected {
    const sends = isMe(this.me, from);
    if (isFailure(sends)) return sends;
    let receives = false;
    for (const member of sends ? [] : to) {
      const here = isMe(this.me, member);
      if (isFailure(here)) return here;
      receives ||= here;
    }
    const rest = this.project(next);
    if (rest.kind === "failure") return rest;
    if (receives) return { kind: "receive", from, message, next: rest };
    if (!sends) return rest;
    return to.reduceRight<DslLocal>(
      (after, member) => ({ kind: "send", to: member, message, next: after }),
      rest,
    );
  }

  /** The arms, the first send of an arm left out where its message is the arm's label. */
  private arms(choice: TreeChoice): readonly DslBranch[] | ProjectionFailure {
    return this.branches(choice, (body, label) =>
      body.kind === "send" && body.message === label ? body.next : body,
    );
  }

  private branches(
    choice: TreeChoice,
    from: (body: Protocol, label: string) => Protocol,
  ): readonly DslBranch[] | ProjectionFailure {
    const projected: DslBranch[] = [];
    for (const { label, body } of choice.branches) {
      const next = this.project(from(body, label));
      if (next.kind === "failure") return next;
      projected.push({ label, next });
    }
    return projected;
  }

  private choice(choice: TreeChoice): Projected {
    const decides = isMe(this.me, choice.decider);
    if (isFailure(decides)) return decides;
    if (!decides) return this.bystander(choice);
    const firsts = choice.branches.flatMap(({ body }) => (body.kind === "send" ? [body.to] : []));
    const [to] = firsts;
    if (to !== undefined && firsts.length === choice.branches.length) {
      const branches = this.arms(choice);
      return isFailure(branches) ? branches : { kind: "select", to, branches };
    }
    const branches = this.branches(choice, (body) => body);
    return isFailure(branches) ? branches : { kind: "localChoice", branches };
  }

  private bystander(choice: TreeChoice): Projected {
    for (const { body } of choice.branches) {
      const told = body.kind === "send" ? isMe(this.me, body.to) : false;
      if (isFailure(told)) return told;
      if (!told || body.kind !== "send") continue;
      const branches = this.arms(choice);
      return isFailure(branches) ? branches : { kind: "branch", from: body.from, branches };
    }
    const branches = this.branches(choice, (body) => body);
    return isFailure(branches) ? branches : mergeBranches(branches);
  }

  /** Whoever can tell the arms apart branches on them; who cannot has all of them beside each other. */
  private caseOf(node: TreeCase): Projected {
    const branches: DslBranch[] = [];
    for (const { label, body } of node.branches) {
      const next = this.project(body);
      if (next.kind === "failure") return next;
      branches.push({ label, next });
    }
    const merged = mergeBranches(branches);
    const apart = merged.kind === "failure" && merged.error === "MergeFailure";
    return apart ? { kind: "localChoice", branches } : merged;
  }

  private timeout({ owner, millis, next, ...blocks }: TreeTimeout): Projected {
    const owns = isMe(this.me, owner);
    if (isFailure(owns)) return owns;
    const rest = this.project(next);
    if (rest.kind === "failure") return rest;
    const body = this.project(blocks.body);
    if (body.kind === "failure") return body;
    const onTimeout = this.project(blocks.onTimeout);
    if (onTimeout.kind === "failure") return onTimeout;
    const onCancel = blocks.onCancel === undefined ? undefined : this.project(blocks.onCancel);
    if (onCancel?.kind === "failure") return onCancel;
    const silent = [body, onTimeout, onCancel ?? dslEnd].every((part) => part.kind === "end");
    if (silent && !owns) return rest;
    const handlers = onCancel === undefined ? { onTimeout } : { onTimeout, onCancel };
    return { kind: "timeout", millis, body, ...handlers, next: rest };
  }

  private loop({ condition, body: rounds, next }: TreeLoop): Projected {
    const body = this.project(rounds);
    if (body.kind === "failure") return body;
    const rest = this.project(next);
    if (rest.kind === "failure" || body.kind === "end") return rest;
    return { kind: "loop", ...(condition === undefined ? {} : { condition }), body, next: rest };
  }

  private parallel({ arms, next }: TreeParallel): Projected {
    const projected: DslLocal[] = [];
    for (const arm of arms) {
      if (!mentions(arm, (role) => matchesFamily(role, this.me))) continue;
      const local = this.project(arm);
      if (local.kind === "failure") return local;
      projected.push(local);
    }
    const joined = joinParallel(projected);
    if (joined.kind === "failure") return joined;
    const rest = this.project(next);
    return rest.kind === "failure" ? rest : thenDsl(joined, rest);
  }
}

/**
 * The language's own projection of a tree for one declared role
 * (projection.md §8). It is laxer than the strict one and only rendered:
 * nothing in Parley runs it.
 */
export const projectDsl = (tree: Protocol, role: ReferenceRole): Projected =>
  placesBinding(tree) ? unprojectable("PlacedBinding") : new Projection(role).project(tree);
