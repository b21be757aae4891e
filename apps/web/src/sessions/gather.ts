/**
 * Hands on the first item at once and what follows in batches, at most one in
 * `ms`, so that a single step is seen without delay and a flood costs little.
 */
export const gather = <T>(
  ms: number,
  take: (items: readonly T[]) => void,
): { readonly add: (item: T) => void; readonly stop: () => void } => {
  let waiting: T[] = [];
  let timer: ReturnType<typeof setTimeout> | undefined;
  const open = (): void => {
    timer = undefined;
    if (waiting.length > 0) flush();
  };
  const flush = (): void => {
    const items = waiting;
    waiting = [];
    timer = setTimeout(open, ms);
    take(items);
  };
  return {
    add: (item) => {
      waiting.push(item);
      if (timer === undefined) flush();
    },
    stop: () => clearTimeout(timer),
  };
};
