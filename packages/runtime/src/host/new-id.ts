import type { RandomPort } from "./ports.ts";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/**
 * A fresh id: a word for what it names and 80 random bits in base 32.
 *
 * @example newId(random, "ses") // "ses_7k2m9q4x0c3v5b8n"
 */
export const newId = (random: RandomPort, prefix: string): string => {
  let bits = 0n;
  for (const byte of random.bytes(10)) bits = (bits << 8n) | BigInt(byte);
  let text = "";
  for (let i = 0; i < 16; i += 1) {
    text = (ALPHABET[Number(bits & 31n)] ?? "0") + text;
    bits >>= 5n;
  }
  return `${prefix}_${text}`;
};
