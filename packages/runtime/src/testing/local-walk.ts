import type { LocalType } from "@parley/core";
import type { MachineEvent } from "@parley/wire";

/** Where a role, or one of its arms, stands in its local type. */
interface Place {
  readonly type: LocalType;
  readonly loops: ReadonlyMap<string, LocalType>;
  /** The scopes around it, outermost first, with the loops that may be continued in their exits. */
  readonly scopes: readonly Around[];
}

interface Around {
  readonly type: Extract<LocalType, { kind: "scope" }>;
  readonly loops: ReadonlyMap<string, LocalType>;
}

const end: LocalType = { kind: "end" };

const at = (type: LocalType, from: Pick<Place, "loops" | "scopes">): Place => {
  if (type.kind === "mu") return at(type.body, { ...from, loops: new Map(from.loops).set(type.var, type) });
  if (type.kind === "var") return at(from.loops.get(type.name) ?? end, from);
  return { type, loops: from.loops, scopes: from.scopes };
};

type Told = Extract<MachineEvent, { readonly role: string } | { readonly edge: unknown }>;

type Message = Extract<MachineEvent, { kind: "sent" | "received" }>;

const message = (event: Message, place: Place): Place | undefined => {
  const { type } = place;
  const sent = event.kind === "sent";
  if (type.kind !== (sent ? "send" : "recv") || !("branches" in type)) return undefined;
  const peer = sent ? event.edge.to : event.edge.from;
  const branch = type.branches.find(
    (one) => "label" in one && one.label === event.label && one.peer === peer && one.edge === event.edgeId,
  );
  return branch && "next" in branch ? at(branch.next, place) : undefined;
};

/** Follows one role's events through its local type. `follow` answers false at the first that the type has not. */
export class LocalWalk {
  private readonly places = new Map<string, Place>();
  /** Arm paths of the coroutines it has seen forked. */
  private readonly paths = new Map<number, string>();

  constructor(type: LocalType) {
    this.places.set("", at(type, { loops: new Map(), scopes: [] }));
  }

  follow(event: MachineEvent): boolean {
    const path =
      ("endpoint" in event ? event.endpoint : undefined) ??
      ("coroutine" in event ? (this.paths.get(event.coroutine) ?? "") : "");
    const place = this.places.get(path);
    if (place === undefined) return false;
    const next = this.after(event as Told, place, path);
    if (next === undefined) return false;
    this.places.set(path, next);
    return true;
  }

  private after(event: Told, place: Place, path: string): Place | undefined {
    const { type } = place;
    switch (event.kind) {
      case "sent":
      case "received":
        return message(event, place);
      case "performed":
        return type.kind === "perform" && type.deed.kind === event.deed ? at(type.next, place) : undefined;
      case "decided": {
        const way = type.kind === "decide" && type.branches.find(({ outcome }) => outcome === event.outcome);
        return way ? at(way.next, place) : undefined;
      }
      case "entered":
        return type.kind === "scope" && type.scope === event.scope
          ? at(type.body, { loops: new Map(), scopes: [...place.scopes, { type, loops: place.loops }] })
          : undefined;
      case "left":
        return this.leave(event, place, path);
      case "forked":
        return type.kind === "par" && type.arms.length === event.children.length
          ? this.fork(event.children, type.arms, place, path)
          : undefined;
      case "joined":
        return type.kind === "par" && this.armsEnded(path) ? at(type.next, place) : undefined;
      case "halted":
        return type.kind === "end" && place.scopes.length === 0 ? place : undefined;
      default:
        return place;
    }
  }

  private leave(
    { scope, outcome }: Extract<MachineEvent, { kind: "left" }>,
    place: Place,
    path: string,
  ): Place | undefined {
    let index = place.scopes.length - 1;
    while (index >= 0 && place.scopes[index]?.type.scope !== scope) index -= 1;
    const around = place.scopes[index];
    if (around === undefined) return undefined;
    // Done is said at the end of the body only; anything else may come anywhere within.
    if (outcome === "done" && (place.type.kind !== "end" || index < place.scopes.length - 1))
      return undefined;
    const exit = around.type.exits.find((one) => one.outcome === outcome);
    for (const other of [...this.places.keys()])
      if (other !== path && (path === "" || other.startsWith(`${path}.`))) this.places.delete(other);
    return exit && at(exit.next, { loops: around.loops, scopes: place.scopes.slice(0, index) });
  }

  private fork(children: readonly number[], arms: readonly LocalType[], place: Place, path: string): Place {
    children.forEach((child, i) => {
      const own = path === "" ? String(i) : `${path}.${i}`;
      this.paths.set(child, own);
      this.places.set(own, at(arms[i] ?? end, { loops: new Map(), scopes: [] }));
    });
    return place;
  }

  private armsEnded(path: string): boolean {
    const below = path === "" ? /^\d+$/ : new RegExp(`^${path.replaceAll(".", "\\.")}\\.\\d+$`);
    return [...this.places].every(([one, { type }]) => !below.test(one) || type.kind === "end");
  }
}

/** Whose event it is; `undefined` for the session's own. */
export const actorOf = (event: MachineEvent): string | undefined => {
  if (event.kind === "sent" || event.kind === "offered") return event.edge.from;
  if (event.kind === "received" || event.kind === "chose") return event.edge.to;
  return "coroutine" in event ? event.role : undefined;
};
