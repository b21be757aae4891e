/**
 * Signed fixed-point numbers with 32 fraction bits (spec/simulation.md §2.1),
 * as the integer of their bits: 1.0 is 4294967296. Every probability and
 * variance of a scenario is one, so that no draw depends on floating point.
 */
export type Fixed = bigint;

export const ONE: Fixed = 1n << 32n;

const MAX: Fixed = (1n << 63n) - 1n;

/** Integers up to here are numbers as written; larger ones are the reference's raw bits. */
const PLAIN_LIMIT = 1_000n;

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** The nearest value to a decimal text, ties to even; nothing for a text that is no number or does not fit. */
export const parseFixed = (text: string): Fixed | undefined => {
  const match = decimal.exec(text);
  if (match === null) return undefined;
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = match;
  if (whole === "" && fraction === "") return undefined;
  const shift = Number(exponent) - fraction.length;
  if (shift > 40 || shift < -400) return shift > 0 ? undefined : 0n;
  const digits = BigInt(whole + fraction) * ONE;
  const bits = shift >= 0 ? digits * 10n ** BigInt(shift) : divideEven(digits, 10n ** BigInt(-shift));
  if (bits > MAX) return undefined;
  return sign === "-" ? -bits : bits;
};

const divideEven = (over: bigint, under: bigint): bigint => {
  const floor = over / under;
  const twice = (over % under) * 2n;
  const up = twice > under || (twice === under && floor % 2n === 1n);
  return up ? floor + 1n : floor;
};

/**
 * Reads a number of a scenario: `0.05`, `"0.05"`, `1`, `{ raw = 214748365 }`,
 * or the reference's own form, an integer of raw bits. Integers up to 1,000
 * stand for themselves: nobody means 2^-32 by `1`.
 *
 * @example readFixed(0.5) // 2147483648n
 */
export const readFixed = (value: unknown): Fixed | undefined => {
  if (typeof value === "string") return parseFixed(value);
  if (typeof value === "bigint") {
    if (value > MAX || value < -MAX) return undefined;
    return value <= PLAIN_LIMIT && value >= -PLAIN_LIMIT ? value * ONE : value;
  }
  if (typeof value === "number") {
    if (!Number.isFinite(value)) return undefined;
    return Number.isInteger(value) ? readFixed(BigInt(value)) : parseFixed(String(value));
  }
  return rawBits(value);
};

const rawBits = (value: unknown): Fixed | undefined => {
  if (value === null || typeof value !== "object" || Object.keys(value).join() !== "raw") return undefined;
  const { raw } = value as { readonly raw: unknown };
  if (typeof raw === "bigint") return raw;
  return Number.isSafeInteger(raw) ? BigInt(raw as number) : undefined;
};

/** The product, rounded down. */
export const multiply = (a: Fixed, b: Fixed): Fixed => (a * b) >> 32n;

/** The quotient, towards zero; by nothing it is nothing. */
export const divide = (a: Fixed, b: Fixed): Fixed => (b === 0n ? 0n : (a << 32n) / b);

/**
 * The reference's rational approximation x(27 + x²)/(27 + 9x²), within [-1, 1].
 *
 * @example tanh(ONE) // 3340530119n
 */
export const tanh = (x: Fixed): Fixed => {
  const three = 3n * ONE;
  if (x >= three) return ONE;
  if (x <= -three) return -ONE;
  const square = multiply(x, x);
  const found = divide(multiply(x, 27n * ONE + square), 27n * ONE + multiply(9n * ONE, square));
  return found > ONE ? ONE : found < -ONE ? -ONE : found;
};

/** The nearest integer, halves away from zero. */
export const roundFixed = (value: Fixed): bigint =>
  value >= 0n ? (value + ONE / 2n) >> 32n : -((-value + ONE / 2n) >> 32n);
