import { nextStates, type Program, type TypeState } from "../machine/code/program.ts";

const depthsOf = (program: Program): readonly (number | undefined)[] => {
  const known: (number | undefined)[] = [];
  const visiting = new Set<number>();
  const finished = new Set<number>();
  const visit = (index: number): number | undefined => {
    if (finished.has(index)) return known[index];
    const state = program.states[index];
    if (visiting.has(index) || state === undefined) return undefined;
    visiting.add(index);
    known[index] = combine(state, nextStates(state).map(visit));
    visiting.delete(index);
    finished.add(index);
    return known[index];
  };
  for (let index = 0; index < program.states.length; index += 1) visit(index);
  return known;
};

const combine = (state: TypeState, parts: readonly (number | undefined)[]): number | undefined => {
  if (parts.some((part) => part === undefined)) return undefined;
  const depths = parts.map((part) => part ?? 0);
  switch (state.kind) {
    case "send":
    case "recv":
      return 1 + Math.max(0, ...depths);
    case "par":
      return depths.reduce((sum, depth) => sum + depth, 0);
    case "scope": {
      const [body = 0, ...exits] = depths;
      return body + Math.max(0, ...exits);
    }
    default:
      return Math.max(0, ...depths);
  }
};

const cache = new WeakMap<Program, readonly (number | undefined)[]>();

/**
 * How many messages a local type may still exchange at most (spec/simulation.md
 * §8): the depth of the state with this index, `undefined` where it can go
 * round.
 */
export const typeDepth = (program: Program, index: number): number | undefined => {
  if (index < 0) return 0;
  let depths = cache.get(program);
  if (depths === undefined) {
    depths = depthsOf(program);
    cache.set(program, depths);
  }
  return depths[index];
};
