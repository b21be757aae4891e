import { inspect } from "node:util";
import { hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { Secret } from "../identity/secret.ts";
import { verify } from "../identity/verify-signature.ts";
import { keyPortContract } from "./key-port.contract.ts";
import { memoryKeys } from "./memory-keys.ts";

keyPortContract("keys in memory", memoryKeys, { describe, expect, it });

it("the same seed gives the same keys, another seed others", () => {
  expect(memoryKeys("a").create("root:ada")).toBe(memoryKeys("a").create("root:ada"));
  expect(memoryKeys("a").create("root:ada")).not.toBe(memoryKeys("b").create("root:ada"));
});

it("a secret under inspection says what it is, not what it holds", () => {
  const secret = new Secret("share", Uint8Array.from([222, 173]));
  expect(inspect({ secret })).toBe("{ secret: share(2 bytes, <redacted>) }");
  secret.destroy();
  expect([...secret.expose({ kind: "SecureStorage", boundary: "test" })]).toEqual([0, 0]);
});

describe("Ed25519 verifies the vectors of RFC 8032 §7.1", () => {
  it.each([
    [
      "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
      "",
      "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
    ],
    [
      "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
      "72",
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
    ],
    [
      "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
      "af82",
      "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
    ],
  ])("%s", (key, text, signature) => {
    expect(verify(key, hexToBytes(text), hexToBytes(signature))).toBe(true);
    expect(verify(key, hexToBytes(`${text}00`), hexToBytes(signature))).toBe(false);
  });

  it("and takes no key of small order, of other length or case", () => {
    const signature = hexToBytes("01".padEnd(128, "0"));
    expect(verify("01".padEnd(64, "0"), hexToBytes(""), signature)).toBe(false);
    expect(verify("", hexToBytes(""), signature)).toBe(false);
  });
});
