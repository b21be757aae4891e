/** Compares bytes as unsigned numbers from the left; a prefix comes first. */
export const compareBytes = (a: Uint8Array, b: Uint8Array): number => {
  const length = Math.min(a.length, b.length);
  for (let at = 0; at < length; at += 1) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
};

/** Compares text by code unit; for hex and other ASCII this is the order of the bytes. */
export const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** True for the text form of a hash: 64 lower-case hex digits and nothing else. */
export const isHash = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

/** 32 zero bytes, in hex: the root of nothing, the previous of a first. */
export const zeroHash = "0".repeat(64);
