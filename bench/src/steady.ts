/** Numbers that hold still on a machine that has other things to do. */

const sorted = (values: readonly number[]): readonly number[] => [...values].sort((a, b) => a - b);

/** The value in the middle; 0 of none. */
export const median = (values: readonly number[]): number => sorted(values)[values.length >> 1] ?? 0;

/** The value below which a share of them lie; 0 of none. */
export const quantile = (values: readonly number[], share: number): number =>
  sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? 0;

/** Milliseconds of one call. */
export const elapsed = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** Milliseconds of call after call, until they have taken `ms` together and there are `least` of them. */
export const repeated = (ms: number, least: number, work: () => void): readonly number[] => {
  const times: number[] = [];
  for (let spent = 0; spent < ms || times.length < least; ) {
    const time = elapsed(work);
    spent += time;
    times.push(time);
  }
  return times;
};

export const rounded = (value: number, digits = 2): number => Number(value.toFixed(digits));
