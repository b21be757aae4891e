import type { LocalProtocol } from "../constructs/call/node.ts";
import { type Declaration, declared } from "../constructs/declaration.ts";
import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import type { RoleRef } from "../constructs/roles/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { walk } from "./walk.ts";

type Body = readonly Statement[];
type Protocol = Pick<ProtocolDecl, "roles" | "body" | "locals">;

/**
 * Who performs each statement; statements of an operation's body are included.
 * Worked out when it is first asked: most protocols hold messages only.
 */
export interface Performers {
  get(statement: Statement): RoleRef | undefined;
}

/**
 * Finds the role that performs each statement of a protocol that has no sender
 * to name it: a `let`, a `case`, the statements of an operation, publications.
 * Statements that name their actor (a message, a choice, a timeout) are mapped
 * to it as well. Without any declared role there is nobody.
 *
 * The rules, in order: what the statement says (`at R`, `from R`); the owner
 * of the operation it names, when the file declares it; whoever acts next in
 * the same list (a `case` or `let … in` looks inside itself first); whoever
 * acted before in the list; whoever decides, owns or performs the construct
 * around the list; the first declared role. A local protocol that gives no
 * answer of its own takes that of its first call.
 *
 * @example
 * const who = performers(protocol, file.declarations).get(statement)?.name.text;
 */
export function performers(protocol: Protocol, declarations: readonly Declaration[]): Performers {
  let found: ReadonlyMap<Statement, RoleRef> | undefined;
  return {
    get: (statement) => {
      found ??= new Finder(protocol, declarations).run(declarations);
      return found.get(statement);
    },
  };
}

/** Local protocols, each after those it calls as far as there is no circle. */
function calleesFirst(locals: ReadonlyMap<string, LocalProtocol>): readonly LocalProtocol[] {
  const order: LocalProtocol[] = [];
  const seen = new Set<LocalProtocol>();
  for (const root of locals.values()) {
    const open: { readonly local: LocalProtocol; readonly calls: LocalProtocol[] }[] = [];
    const enter = (local: LocalProtocol): void => {
      if (seen.has(local)) return;
      seen.add(local);
      const calls: LocalProtocol[] = [];
      walk(local.body, (statement) => {
        const target = statement.kind === "call" ? locals.get(statement.target.text) : undefined;
        if (target !== undefined) calls.push(target);
      });
      open.push({ local, calls });
    };
    enter(root);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const call = top.calls.pop();
      if (call !== undefined) enter(call);
      else {
        order.push(top.local);
        open.pop();
      }
    }
  }
  return order;
}

class Finder {
  private readonly protocol: Protocol;
  private readonly owners = new Map<string, RoleRef>();
  private readonly locals = new Map<string, LocalProtocol>();
  private readonly actors = new Map<Statement, RoleRef | undefined>();
  private readonly found = new Map<Statement, RoleRef>();
  private readonly entered = new Set<LocalProtocol>();
  /** Called local protocols and what is around their first call; a queue, for chains of calls may be long. */
  private readonly called: { readonly local: LocalProtocol; readonly around: RoleRef }[] = [];

  constructor(protocol: Protocol, declarations: readonly Declaration[]) {
    this.protocol = protocol;
    const roles = new Set(protocol.roles.map((role) => role.name.text));
    for (const { name, owner } of declared({ declarations }, "operation")) {
      if (roles.has(owner.name.text) && !this.owners.has(name.text)) this.owners.set(name.text, owner);
    }
    for (const local of protocol.locals) {
      if (!this.locals.has(local.name.text)) this.locals.set(local.name.text, local);
    }
  }

  run(declarations: readonly Declaration[]): ReadonlyMap<Statement, RoleRef> {
    const first = this.protocol.roles[0];
    if (first === undefined) return this.found;
    const fallback: RoleRef = { kind: "roleRef", name: first.name, span: first.span };
    for (const local of calleesFirst(this.locals)) for (const statement of local.body) this.actor(statement);
    this.list(this.protocol.body, fallback);
    this.followCalls();
    for (const local of this.protocol.locals) {
      this.enter(local, fallback);
      this.followCalls();
    }
    for (const { body, owner } of declared({ declarations }, "operation")) this.list(body, owner);
    return this.found;
  }

  private enter(local: LocalProtocol, around: RoleRef): void {
    if (this.entered.has(local)) return;
    this.entered.add(local);
    this.called.push({ local, around });
  }

  private followCalls(): void {
    for (let next = this.called.pop(); next !== undefined; next = this.called.pop()) {
      this.list(next.local.body, next.around);
    }
  }

  /** Settles a list from its own actors, or from what is around it. */
  private list(body: Body, around: RoleRef): void {
    const next = new Map<Statement, RoleRef | undefined>();
    let later: RoleRef | undefined;
    for (const statement of [...body].reverse()) {
      next.set(statement, later);
      later = this.actor(statement) ?? later;
    }
    let before: RoleRef | undefined;
    for (const statement of body) {
      const own = this.actor(statement);
      const role = own ?? next.get(statement) ?? before ?? around;
      this.found.set(statement, role);
      before = own ?? before;
      this.inside(statement, role, around);
    }
  }

  private inside(statement: Statement, role: RoleRef, around: RoleRef): void {
    switch (statement.kind) {
      case "choice":
      case "case":
        for (const arm of statement.arms) this.list(arm.body, role);
        return;
      case "timeout":
        for (const body of [statement.body, statement.onTimeout, statement.onCancel ?? []]) {
          this.list(body, role);
        }
        return;
      case "par":
        for (const arm of statement.arms) this.list(arm.body, around);
        return;
      case "loop":
      case "rec":
        this.list(statement.body, around);
        return;
      case "let":
        if (statement.body !== undefined) this.list(statement.body, around);
        return;
      case "call": {
        const local = this.locals.get(statement.target.text);
        if (local !== undefined) this.enter(local, around);
        return;
      }
      default:
        return;
    }
  }

  /** Who acts in a statement by itself, whatever stands around it. */
  private actor(statement: Statement): RoleRef | undefined {
    if (this.actors.has(statement)) return this.actors.get(statement);
    // A circle of calls finds nobody.
    this.actors.set(statement, undefined);
    const role = this.actorOf(statement);
    this.actors.set(statement, role);
    return role;
  }

  private actorOf(statement: Statement): RoleRef | undefined {
    switch (statement.kind) {
      case "send":
      case "broadcast":
        return statement.from;
      case "choice":
        return statement.decider;
      case "timeout":
        return statement.owner;
      case "loop":
        return statement.control.kind === "decide" ? statement.control.by : this.first([statement.body]);
      case "rec":
        return this.first([statement.body]);
      case "par":
      case "case":
        return this.first(statement.arms.map((arm) => arm.body));
      case "let":
        if (statement.at !== undefined) return statement.at;
        if (statement.value.kind === "transfer") return statement.value.from;
        return this.first([statement.body ?? []]);
      case "call":
        return this.first([this.locals.get(statement.target.text)?.body ?? []]);
      case "begin":
      case "await":
      case "resolve":
      case "invalidate":
      case "handoff":
        return this.owners.get(statement.operation.text);
      case "dependentWork":
        return this.owners.get(statement.requiredFor.text);
      case "continue":
      case "publish":
      case "publishAs":
      case "materialize":
        return undefined;
    }
  }

  private first(bodies: readonly Body[]): RoleRef | undefined {
    for (const body of bodies) {
      for (const statement of body) {
        const role = this.actor(statement);
        if (role !== undefined) return role;
      }
    }
    return undefined;
  }
}
