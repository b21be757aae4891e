import type { LocalType } from "../projection/local-type.ts";
import { freeLocalVars } from "../projection/local-walk.ts";
import { compareText } from "./label.ts";

/** A place in a type: binders and variables are gone, a loop leads back to the same number. */
export type Position = number;

/** What stands at a position. */
export type PlaceType = Exclude<LocalType, { readonly kind: "mu" | "var" }>;

type Env = ReadonlyMap<string, number>;

const NO_LOOPS: Env = new Map();
const END: LocalType = { kind: "end" };

/** Loops that only lead to loops are followed so often before they count as the end. */
const MAX_HOPS = 1_000;

/**
 * Local types as finite graphs. The same subtree under the same loops is the
 * same position, so two visits of one place can be told by comparing numbers
 * and a loop needs no unfolding. Positions are made when they are first asked
 * for; several types may share one graph.
 */
export class TypeGraph {
  private readonly places: { readonly type: LocalType; readonly env: Env }[] = [];
  private readonly known = new Map<LocalType, Map<string, number>>();
  private readonly resolved = new Map<number, Position>();

  /** The position a closed type begins at. A free variable counts as the end. */
  root(type: LocalType): Position {
    return this.resolve(this.intern(type, NO_LOOPS));
  }

  /** What stands at a position. */
  at(position: Position): PlaceType {
    const type = this.places[position]?.type ?? END;
    return type.kind === "mu" || type.kind === "var" ? (END as PlaceType) : type;
  }

  /** The position of a continuation of the type at `position`. */
  step(position: Position, next: LocalType): Position {
    return this.resolve(this.intern(next, this.places[position]?.env ?? NO_LOOPS));
  }

  private intern(type: LocalType, env: Env): number {
    const free = [...freeLocalVars(type)].sort(compareText);
    const key = free.map((name) => `${name}=${env.get(name) ?? ""}`).join(",");
    const keys = this.known.get(type) ?? new Map<string, number>();
    const before = keys.get(key);
    if (before !== undefined) return before;
    const id = this.places.length;
    this.places.push({
      type,
      env: free.length === 0 ? NO_LOOPS : new Map(free.flatMap((name) => this.binding(env, name))),
    });
    keys.set(key, id);
    this.known.set(type, keys);
    return id;
  }

  private binding(env: Env, name: string): readonly (readonly [string, number])[] {
    const id = env.get(name);
    return id === undefined ? [] : [[name, id]];
  }

  private resolve(start: number): Position {
    const before = this.resolved.get(start);
    if (before !== undefined) return before;
    let id = start;
    for (let hops = 0; hops < MAX_HOPS; hops++) {
      const { type, env } = this.places[id] ?? { type: END, env: NO_LOOPS };
      if (type.kind === "mu") id = this.intern(type.body, new Map([...env, [type.var, id]]));
      else if (type.kind === "var") id = env.get(type.name) ?? this.intern(END, NO_LOOPS);
      else {
        this.resolved.set(start, id);
        return id;
      }
    }
    return this.intern(END, NO_LOOPS);
  }
}
