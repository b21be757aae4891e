/** One step of the generator mulberry32: the next state, and 32 random bits. The same state gives the same bits. */
export const mulberry32 = (state: number): { readonly state: number; readonly bits: number } => {
  const next = (state + 0x6d2b79f5) >>> 0;
  let t = Math.imul(next ^ (next >>> 15), next | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return { state: next, bits: (t ^ (t >>> 14)) >>> 0 };
};
