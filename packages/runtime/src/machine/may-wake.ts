import type { Coroutine, Machine } from "./state.ts";

/** Puts a blocked coroutine on the list that the next round looks at. */
export const mayWake = (machine: Machine, coroutine: Coroutine): void => {
  if (coroutine.pending || !coroutine.waiting) return;
  coroutine.pending = true;
  machine.pending.push(coroutine);
};
