import fc from "fast-check";
import { expect, test } from "vitest";
import {
  flowCost,
  frostParticipant,
  nextEpoch,
  showEpoch,
  showLeaf,
  showNode,
  showNonce,
} from "./counted-id.ts";
import { idBytes, uuidText } from "./id-bytes.ts";
import {
  deviceIdBytes,
  parseTypedId,
  showTypedId,
  type TypedIdKind,
  typedIdFromEntropy,
  typedIdJson,
} from "./typed-id.ts";

const uuid = "a1b2c3d4-e5f6-4789-abcd-ef0123456789";
const kinds: readonly TypedIdKind[] = [
  "authority",
  "context",
  "session",
  "event",
  "operation",
  "device",
  "guardian",
  "account",
];

test("an authority is shown with its prefix; in JSON it is the bare UUID", () => {
  const parsed = parseTypedId("authority", uuid);
  expect(parsed.ok && showTypedId(parsed.id)).toBe(`authority-${uuid}`);
  expect(parsed.ok && typedIdJson(parsed.id)).toBe(uuid);
});

test("devices, guardians and accounts are shown bare", () => {
  const shown = (["device", "guardian", "account"] as const).map((kind) => {
    const parsed = parseTypedId(kind, uuid);
    return parsed.ok && showTypedId(parsed.id);
  });
  expect(shown).toEqual([uuid, uuid, uuid]);
});

test("with or without its prefix a text reads as the same id, which shows as it was read", () => {
  fc.assert(
    fc.property(fc.constantFrom(...kinds), fc.uint8Array({ minLength: 16, maxLength: 16 }), (kind, bytes) => {
      const text = showTypedId({ kind, bytes });
      const [prefixed, bare] = [parseTypedId(kind, text), parseTypedId(kind, uuidText(bytes).toUpperCase())];
      expect(prefixed).toEqual({ ok: true, id: { kind, bytes } });
      expect(bare).toEqual(prefixed);
      expect([...idBytes(text)]).toEqual([...bytes]);
    }),
  );
});

test.each(["", "ada", `session-${uuid}`, `context-context-${uuid}`, `${uuid}0`, uuid.replaceAll("-", "")])(
  "“%s” is no context",
  (text) => {
    expect(parseTypedId("context", text)).toEqual({ ok: false, error: { code: "InvalidUuid", text } });
  },
);

test("entropy gives its first half as it is, and a device's 32 bytes end in zeros", () => {
  const entropy = Uint8Array.from({ length: 32 }, (_, at) => 255 - at);
  const device = typedIdFromEntropy("device", entropy);
  expect(showTypedId(device)).toBe("fffefdfc-fbfa-f9f8-f7f6-f5f4f3f2f1f0");
  expect([...deviceIdBytes(device)]).toEqual([...device.bytes, ...new Uint8Array(16)]);
  expect(() => typedIdFromEntropy("device", entropy.slice(1))).toThrow(RangeError);
});

test("numbers that are ids keep to their ranges and say what is wrong", () => {
  expect(nextEpoch(0)).toEqual({ ok: true, value: 1 });
  expect(nextEpoch(Number.MAX_SAFE_INTEGER)).toEqual({ ok: false, error: "Epoch overflow" });
  expect(frostParticipant(0)).toEqual({ ok: false, error: "Participant ID must be non-zero" });
  expect([1, 65_535, 65_536, 1.5, -1].map((value) => frostParticipant(value).ok)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
  expect([0, 4_294_967_295, 4_294_967_296, -1].map((value) => flowCost(value).ok)).toEqual([
    true,
    true,
    false,
    false,
  ]);
  expect([showEpoch(2), showNonce(3), showLeaf(4), showNode(5)]).toEqual([
    "epoch-2",
    "nonce-3",
    "Leaf#4",
    "Node#5",
  ]);
});
