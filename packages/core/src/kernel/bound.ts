import type { Kernel } from "./node.ts";

/** The numbers given when a session opens: sizes by family name, everything else by its name. */
export interface Bindings {
  readonly families: Readonly<Record<string, number>>;
  readonly names: Readonly<Record<string, number>>;
}

/** A protocol for one choice of numbers: plain roles only, no `repeat`, no hidden decision. */
export interface BoundProtocol {
  readonly name: string;
  readonly namespace?: string;
  /** In order of declaration, a family as its members: `W[0]`, `W[1]`, … */
  readonly roles: readonly string[];
  readonly body: Kernel;
}
