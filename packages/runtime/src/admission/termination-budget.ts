import type { CodeImage } from "../machine/code/image.ts";
import { nextStates, type Program } from "../machine/code/program.ts";
import { type ProtocolClass, protocolClasses } from "./execution-policy.ts";

/** Depth of a program's type from a state on: messages and deeds on its longest way, each loop once, parallel arms by the deepest. */
export const depthFrom = (program: Program, start: number = program.start): number => {
  const known = new Map<number, number>();
  const open = new Set<number>();
  const stack: number[] = [start];
  while (stack.length > 0) {
    const index = stack[stack.length - 1] as number;
    const state = program.states[index];
    const next = state === undefined ? [] : nextStates(state);
    const waiting = next.filter((one) => !known.has(one) && !open.has(one));
    if (!known.has(index) && !open.has(index) && waiting.length > 0) {
      open.add(index);
      stack.push(...waiting);
      continue;
    }
    stack.pop();
    open.delete(index);
    if (known.has(index)) continue;
    const below = (one: number): number => known.get(one) ?? 0;
    if (state === undefined || state.kind === "end" || state.kind === "leave") known.set(index, 0);
    else if (state.kind === "par")
      known.set(index, Math.max(0, ...state.arms.map(below)) + below(state.next));
    else if (state.kind === "scope")
      known.set(index, 1 + below(state.body) + Math.max(0, ...state.exits.map((exit) => below(exit.next))));
    else known.set(index, 1 + Math.max(0, ...next.map(below)));
  }
  return known.get(start) ?? 0;
};

/** The weighted measure of an image at its start: twice the sum of the depths of its local types (aura-runtime §5). */
export const weightOf = (image: CodeImage): number =>
  2 * image.programs.reduce((sum, program) => sum + depthFrom(program), 0);

/** Steps a run of the class may take: `ceil(weight × factor)`, at least one. */
export const budgetOf = (weight: number, className: ProtocolClass): number =>
  Math.max(1, Math.ceil((weight * protocolClasses[className].factorTenths) / 10));
