/** UTF-8 by hand: the texts of entries are short, and calling out to an encoder costs more than writing them. */

const REPLACEMENT = 0xfffd;

const isHigh = (code: number): boolean => code >= 0xd800 && code < 0xdc00;
const isLow = (code: number): boolean => code >= 0xdc00 && code < 0xe000;

/**
 * Writes a text as UTF-8; answers where it ends. There must be room for three
 * bytes a code unit. Half of a surrogate pair becomes U+FFFD, as everywhere.
 */
export const writeUtf8 = (text: string, into: Uint8Array, start: number): number => {
  let at = start;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) into[at++] = unit;
    else {
      let code = unit;
      if (isHigh(unit) && isLow(text.charCodeAt(i + 1))) {
        i += 1;
        code = 0x10000 + ((unit - 0xd800) << 10) + (text.charCodeAt(i) - 0xdc00);
      } else if (isHigh(unit) || isLow(unit)) code = REPLACEMENT;
      at = writeWide(code, into, at);
    }
  }
  return at;
};

const writeWide = (code: number, into: Uint8Array, start: number): number => {
  let at = start;
  if (code < 0x800) into[at++] = 0xc0 | (code >> 6);
  else {
    if (code < 0x10000) into[at++] = 0xe0 | (code >> 12);
    else {
      into[at++] = 0xf0 | (code >> 18);
      into[at++] = 0x80 | ((code >> 12) & 0x3f);
    }
    into[at++] = 0x80 | ((code >> 6) & 0x3f);
  }
  into[at++] = 0x80 | (code & 0x3f);
  return at;
};

/** Letters joined at once: few enough for the arguments of one call. */
const CHUNK = 4_096;

/** Code points, or bytes below 0x80, as text. */
const join = (codes: ArrayLike<number>): string =>
  String.fromCodePoint.apply(undefined, codes as unknown as number[]);

const isAscii = (bytes: Uint8Array, start: number, end: number): boolean => {
  for (let at = start; at < end; at += 1) if ((bytes[at] as number) >= 0x80) return false;
  return true;
};

/** Reads UTF-8 from `start` up to `end`; throws at what is not UTF-8. */
export const readUtf8 = (bytes: Uint8Array, start: number, end: number): string => {
  if (end - start <= CHUNK && isAscii(bytes, start, end))
    return String.fromCharCode.apply(undefined, bytes.subarray(start, end) as unknown as number[]);
  let text = "";
  let codes: number[] = [];
  for (let at = start; at < end; ) {
    const first = bytes[at] as number;
    if (first < 0x80) {
      codes.push(first);
      at += 1;
    } else {
      const width = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : 2;
      codes.push(readWide(bytes, at, end, width));
      at += width;
    }
    if (codes.length < CHUNK) continue;
    text += join(codes);
    codes = [];
  }
  return text + join(codes);
};

/** The least code point of each width: a longer form of a smaller one is refused. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];

const readWide = (bytes: Uint8Array, at: number, end: number, width: number): number => {
  const first = bytes[at] as number;
  let code = first & (0x7f >> width);
  let good = first >= 0xc0 && first < 0xf8 && at + width <= end;
  for (let i = 1; good && i < width; i += 1) {
    const next = bytes[at + i] as number;
    good = (next & 0xc0) === 0x80;
    code = (code << 6) | (next & 0x3f);
  }
  if (!good || code < (LEAST[width] ?? 0) || code > 0x10ffff || (code >= 0xd800 && code < 0xe000))
    throw new RangeError("a text is not UTF-8");
  return code;
};
