import { ed25519 } from "@noble/curves/ed25519.js";
import { bytesToHex } from "@noble/hashes/utils.js";
import { type Fact, hashText } from "@parley/wire";
import { assert, property, shuffledSubarray } from "fast-check";
import { expect, test } from "vitest";
import { fixtureContext, fixtureFact, journalFixture, openChecks } from "../testing/journal-fixture.ts";
import { factFault, receiptMessage } from "./fact-fault.ts";
import { factId } from "./fact-id.ts";
import { emptyJournal, type Journal, journalRoot } from "./journal.ts";
import { mergeBatch } from "./sync-batch.ts";
import { defaultSyncConfig } from "./sync-config.ts";
import { readSyncMessage, type SyncMessage, syncMessageBytes, syncSchema } from "./sync-message.ts";
import { nextMessage, onReply, startSync } from "./sync-requester.ts";
import { answerSync } from "./sync-responder.ts";

const checks = openChecks();
const side = { authority: "bo", checks, config: defaultSyncConfig };
const held = journalFixture([1, 2]);
const batch = (facts: readonly Fact[]): SyncMessage => ({
  kind: "batch",
  schema: syncSchema,
  namespace: held.namespace,
  from: "ada",
  facts,
});
const refusal = (journal: Journal, facts: readonly Fact[]) => {
  const { reply, journal: after } = answerSync(journal, batch(facts), side);
  expect(after).toBe(journal);
  return reply;
};

test("a fact twice in a batch, or held already, refuses the whole batch and changes nothing", () => {
  expect(refusal(held, [fixtureFact(3), fixtureFact(4), fixtureFact(3)])).toMatchObject({
    kind: "refusal",
    error: {
      code: "PAR7720",
      error: "verification_failed",
      target: "anti_entropy_batch_replay",
      id: factId(fixtureFact(3)),
    },
  });
  expect(refusal(held, [fixtureFact(3), fixtureFact(1)])).toMatchObject({
    error: { code: "PAR7721", error: "verification_failed", target: "anti_entropy_replay" },
  });
});

test("a batch sent a second time is refused as a replay", () => {
  const once = answerSync(held, batch([fixtureFact(3)]), side);
  expect(once.reply).toMatchObject({ kind: "digest", size: 3 });
  expect(refusal(once.journal, [fixtureFact(3)])).toMatchObject({ error: { code: "PAR7721" } });
});

test("a shuffled batch gives the same journal", () => {
  const facts = Array.from({ length: 12 }, (_, n) => fixtureFact(n + 10));
  const expected = mergeBatch(held, facts, undefined, checks);
  assert(
    property(shuffledSubarray(facts, { minLength: facts.length }), (shuffled) => {
      const merged = mergeBatch(held, shuffled, undefined, checks);
      expect(merged.ok && journalRoot(merged.journal)).toBe(expected.ok && journalRoot(expected.journal));
    }),
  );
});

test("facts nobody asked for, and asked ones that do not come, end a run as refused", () => {
  const ada = { ...side, authority: "ada" };
  let state = startSync(journalFixture([]));
  while (state.phase.kind !== "pull") {
    const message = nextMessage(state, ada);
    if (message === undefined) throw new Error("the run ended before it asked");
    state = onReply(state, answerSync(held, message, side).reply, ada);
  }
  expect(onReply(state, batch([fixtureFact(9)]), ada).phase).toMatchObject({
    kind: "ended",
    status: "refused",
    error: { code: "PAR7722", target: "anti_entropy_unasked" },
  });
  expect(onReply(state, batch([]), ada).phase).toMatchObject({
    error: { code: "PAR7726", error: "not_found" },
  });
});

const variants: readonly (readonly [string, Fact])[] = [
  ["PAR7716", { ...fixtureFact(3), order: "ab" }],
  ["PAR7710", { ...fixtureFact(3), time: { kind: "range", earliest: 9, latest: 1, confidence: "High" } }],
  [
    "PAR7716",
    { ...fixtureFact(3), content: { kind: "protocol", variant: "ConvergenceCert", fields: { a: 1.5 } } },
  ],
  ["PAR7716", { ...fixtureFact(3), content: { kind: "protocol", variant: "Gossip", fields: {} } }],
  [
    "PAR7708",
    {
      ...fixtureFact(3),
      content: {
        kind: "generic",
        context: fixtureContext,
        envelope: { type: "acme.unknown", version: 1, encoding: "DagCbor", payload: new Uint8Array([0xa0]) },
      },
    },
  ],
];

test("malformed facts, bad times, unknown types and variants are refused before anything is merged", () => {
  for (const [code, bad] of variants)
    expect(refusal(held, [fixtureFact(3), bad])).toMatchObject({
      error: { code: "PAR7723", target: "anti_entropy_fact", fault: { code } },
    });
});

test("a fact of another context, and one its adder has no right to, stay out", () => {
  const fact = fixtureFact(3);
  expect(factFault(fact, { kind: "context", id: "ctx:other" }, checks)).toEqual({
    code: "PAR7717",
    error: "foreign-fact",
    expected: "ctx:other",
    actual: fixtureContext,
  });
  const asked: unknown[] = [];
  const refusing = {
    ...checks,
    authorize: (question: unknown) => {
      asked.push(question);
      return false;
    },
  };
  expect(factFault(fact, held.namespace, refusing)).toEqual({
    code: "PAR7718",
    error: "fact-not-authorized",
    operation: "update_params",
    by: "ada",
  });
  expect(asked).toEqual([
    { factType: "journal_fact", scope: held.namespace, operation: "update_params", by: "ada" },
  ]);
});

test("each kind of fact is authorised as its own operation", () => {
  const signed = { kind: "order", bytes: hashText("t") } as const;
  const contents: readonly (readonly [string, Fact["content"]])[] = [
    [
      "update_tree",
      {
        kind: "attested",
        op: { kind: "rotateEpoch" },
        parent: hashText("p"),
        next: hashText("n"),
        threshold: 1,
        signature: "",
      },
    ],
    ["rotate", { kind: "snapshot", stateHash: hashText("s"), superseded: [], sequence: 1 }],
    [
      "add_guardian",
      { kind: "rendezvous", envelope: hashText("e"), authority: "ada", time: signed, signature: "" },
    ],
  ];
  for (const [operation, content] of contents)
    expect(
      factFault({ ...fixtureFact(1), content }, emptyJournal({ kind: "authority", id: "ada" }).namespace, {
        ...checks,
        authorize: () => false,
      }),
    ).toMatchObject({ code: "PAR7718", operation });
});

test("a rendezvous receipt needs the signature of its authority over envelope, authority and time", () => {
  const secret = new Uint8Array(32).fill(7);
  const key = bytesToHex(ed25519.getPublicKey(secret));
  const time = { kind: "physical", ms: 5 } as const;
  const envelope = hashText("envelope");
  const signature = bytesToHex(ed25519.sign(receiptMessage(envelope, "ada", time), secret));
  const receipt = (change: object = {}): Fact => ({
    ...fixtureFact(1),
    content: { kind: "rendezvous", envelope, authority: "ada", time, signature, ...change },
  });
  const keyed = { ...checks, keysOf: (authority: string) => (authority === "ada" ? [key] : []) };
  expect(factFault(receipt(), held.namespace, keyed)).toBeUndefined();
  for (const bad of [
    { signature: "" },
    { signature: signature.replace(/^./, (digit) => (digit === "0" ? "1" : "0")) },
    { envelope: hashText("other") },
    { authority: "bo" },
    { time: { kind: "physical", ms: 6 } },
  ])
    expect(factFault(receipt(bad), held.namespace, keyed)).toMatchObject({
      code: "PAR7719",
      error: "receipt-signature",
    });
});

test("messages are read back from their bytes; other schemas, kinds and broken bytes are refused", () => {
  const message = nextMessage(startSync(held), side);
  if (message === undefined) throw new Error("a run begins with a message");
  expect(readSyncMessage(syncMessageBytes(message))).toEqual({ ok: true, message });
  for (const bad of [
    { ...message, schema: 1 },
    { ...message, kind: "gossip" },
  ])
    expect(readSyncMessage(syncMessageBytes(bad as unknown as SyncMessage))).toMatchObject({
      ok: false,
      error: { code: "PAR7724", error: "invalid_digest" },
    });
  expect(readSyncMessage(syncMessageBytes(message).slice(1))).toMatchObject({ ok: false });
});

test("a digest with a malformed part, offer or filter is refused", () => {
  const message = nextMessage(startSync(held), side);
  if (message?.kind !== "digest") throw new Error("a run begins with a digest");
  const part = { prefix: "", size: 2, hash: hashText("x") };
  for (const bad of [
    { root: "x" },
    { size: -1 },
    { parts: [{ ...part, prefix: "G" }] },
    { parts: [{ ...part, hash: "x" }] },
    { offers: ["x"] },
    { held: { errorRate: "0.01", salt: 300, filter: {} } },
    {
      held: {
        errorRate: "0.01",
        salt: 1,
        filter: { expected: 1, bits: 64, hashes: 1, count: 0, bytes: new Uint8Array(7) },
      },
    },
  ])
    expect(answerSync(held, { ...message, ...bad } as SyncMessage, side).reply).toMatchObject({
      kind: "refusal",
      error: { code: "PAR7724" },
    });
});
