const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** URL-safe base64 with the padding Biscuits carry. */
export const toBase64Url = (bytes: Uint8Array): string => {
  let text = "";
  for (let at = 0; at < bytes.length; at += 3) {
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0);
    const left = Math.min(3, bytes.length - at);
    for (let place = 0; place < 4; place += 1)
      text += place <= left ? alphabet[(group >> (18 - 6 * place)) & 63] : "=";
  }
  return text;
};

/** The bytes of URL-safe base64, padded or not; nothing for any other text. */
export const fromBase64Url = (text: string): Uint8Array | undefined => {
  const body = text.replace(/={1,2}$/, "");
  if (body.length % 4 === 1 || !/^[A-Za-z0-9_-]*$/.test(body)) return undefined;
  const bytes = new Uint8Array(Math.floor((body.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of body) {
    bits = (bits << 6) | alphabet.indexOf(letter);
    held += 6;
    if (held < 8) continue;
    held -= 8;
    bytes[at] = (bits >> held) & 0xff;
    bits &= (1 << held) - 1;
    at += 1;
  }
  // Bits left over would give one value several texts.
  return bits === 0 ? bytes : undefined;
};
