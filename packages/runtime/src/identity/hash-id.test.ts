import fc from "fast-check";
import { expect, test } from "vitest";
import {
  groupId,
  messageContextHash,
  parseHashId,
  relationshipId,
  relayId,
  showChunkId,
  showConsensusId,
  showContentId,
  showHashId,
  showMessageContext,
} from "./hash-id.ts";
import { parseTextId, showTextId } from "./text-id.ts";

const device = fc.uint8Array({ minLength: 16, maxLength: 16 });
const hex = "0123456789abcdef".repeat(4);

test("a relay and a relationship are the same from both sides", () => {
  fc.assert(
    fc.property(device, device, (a, b) => {
      expect(relayId(a, b)).toEqual(relayId(b, a));
      expect(relationshipId(a, b)).toBe(relationshipId(b, a));
    }),
  );
});

test("a group does not depend on the order of its devices, but on its threshold", () => {
  fc.assert(
    fc.property(fc.array(device, { minLength: 1, maxLength: 6 }), (devices) => {
      expect(groupId(2, [...devices].reverse())).toEqual(groupId(2, devices));
      expect(groupId(3, devices)).not.toEqual(groupId(2, devices));
    }),
  );
  expect(() => groupId(65_536, [])).toThrow(RangeError);
});

test("32-byte ids read with and without their prefix, and only of that length", () => {
  expect(parseHashId("channel", `channel:${hex}`)).toEqual({ ok: true, hash: hex });
  expect(parseHashId("channel", hex.toUpperCase())).toEqual({ ok: true, hash: hex });
  expect(parseHashId("home", `channel:${hex}`)).toEqual({ ok: false, error: "InvalidStringLength" });
  expect(parseHashId("home", hex.slice(2))).toEqual({ ok: false, error: "InvalidStringLength" });
  expect(parseHashId("home", `${hex.slice(1)}g`)).toEqual({ ok: false, error: "InvalidHex" });
});

test("ids are shown with their kind, size and place", () => {
  expect([
    showHashId("neighborhood", hex),
    showContentId(hex),
    showContentId(hex, 7),
    showChunkId(hex, 0),
    showConsensusId(hex),
    showMessageContext({ kind: "dkd", label: "vault", fingerprint: new Uint8Array(2) }),
    showMessageContext({ kind: "relay", id: Uint8Array.of(255) }),
  ]).toEqual([
    `neighborhood:${hex}`,
    `content:${hex}`,
    `content:${hex}:7`,
    `chunk:${hex}:0`,
    "consensus:0123456789abcdef",
    "dkd:vault:0000",
    "relay:ff",
  ]);
});

test("ids that are text are shown with the prefix of their kind, if it has one", () => {
  expect([showTextId("member", "m1"), showTextId("individual", "i1"), showTextId("ceremony", "c1")]).toEqual([
    "member-m1",
    "individual-i1",
    "c1",
  ]);
  expect([
    parseTextId("member", "member-m1"),
    parseTextId("member", "m1"),
    parseTextId("member", "member-"),
  ]).toEqual(["m1", "m1", undefined]);
});

test("a relay and a group of the same bytes are different contexts", () => {
  const id = new Uint8Array(32);
  expect(messageContextHash({ kind: "relay", id })).not.toBe(messageContextHash({ kind: "group", id }));
});
