import { bytesToHex, hexToBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { OpenSessionRequest } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { verifyProof } from "../../journal/inclusion-proof.ts";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import { memoryKeys } from "../../testing/memory-keys.ts";
import { plainTokens } from "../../testing/plain-tokens.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const refusal = (result: Result<unknown>): string => (result.ok ? "accepted" : result.error.kind);

/** Goes round; each message costs, and leaves a fact. */
const paidSource = (cost: number, capability = "chat:message:send") => `module paid exposing (Paid)
protocol Paid =
  roles Buyer, Shop
  rec Loop
    Buyer { guard_capability : "${capability}", flow_cost : ${cost}, journal_facts : "asked", leak : "neighbor" } -> Shop : Ask
    Shop -> Buyer : Answer
    continue Loop
`;

const seats = [
  { role: "Buyer", authority: "ada", device: "ada-phone" },
  { role: "Shop", authority: "bea", device: "bea-phone" },
];

const open = (host: Host, cost: number, request: Omit<OpenSessionRequest, "protocol"> = {}) =>
  openText(host, paidSource(cost), { seats, grant: "none", ...request });

const advance = (host: Host, id: string) => host.inputs(operator, id, { inputs: [{ kind: "advance" }] });

/** Advances until a guard denies or `most` entries were made; the last entry's events. */
const untilDenied = async (host: Host, id: string, most = 100) => {
  for (let step = 0; step < most; step += 1) {
    const [entry] = must(await advance(host, id)).entries;
    if (
      entry?.events.some(
        ({ kind, reason }) => kind === "blocked" && (reason as { kind: string }).kind === "denied",
      )
    )
      return entry;
  }
  return undefined;
};

const toAda = (id: string) => ({ context: `ctx:${id}`, peer: "bea" });

describe("a message that cannot be paid for", () => {
  test("is denied, says why down to the charge, and goes on once the budget is replenished", async () => {
    const { host } = await hostFixture();
    const { id } = await open(host, 400);
    const denied = await untilDenied(host, id);
    expect(denied).toBeDefined();
    const at = denied?.seq ?? 0;
    const [guard] = must(await host.guards(id, { seq: at })).items;
    expect(guard).toMatchObject({
      allow: false,
      denial: { kind: "budget", budget: { limit: 1000, spent: 800, needed: 400 }, charge: { cost: 400 } },
    });
    expect(guard?.verdicts.at(-1)).toMatchObject({ guard: "flow", code: "PAR7614", before: 200, after: 200 });
    const receipts = must(await host.sessionReceipts(id)).items;
    expect(receipts.map(({ verified }) => verified)).toEqual([true, true]);
    expect(guard?.denial?.charge?.receipt).toBe(receipts.at(-1)?.receipt.id);

    // Nothing changed, so nothing goes on.
    expect(refusal(await advance(host, id))).toBe("nothing-runnable");
    const replenish = (amount: number) =>
      host.changeBudget(operator, "ada", { kind: "budget.replenished", ...toAda(id), amount });
    // Too little: it tries again, is denied again, and nothing of the protocol has changed.
    must(await replenish(50));
    const { protocolHash } = must(await host.view(id));
    const [again] = must(await advance(host, id)).entries;
    expect(again?.reads.map(({ kind }) => kind)).toEqual(["retry", "guard"]);
    expect(again?.effects).toEqual([]);
    expect(again?.protocolHash).toBe(protocolHash);
    must(await replenish(150));
    const retried = must(await advance(host, id)).entries[0];
    expect(retried?.reads[0]).toMatchObject({ kind: "retry", role: "Buyer" });
    expect(retried?.events.some(({ kind }) => kind === "sent")).toBe(true);
    expect(must(await host.replay(id))).toMatchObject({ ok: true, findings: [] });
    expect(must(await host.audit(id))).toMatchObject({ ok: true, findings: [], checked: 5, receipts: 3 });
  });

  test("lets an eager session go on by itself", async () => {
    const { host } = await hostFixture();
    const { id } = await open(host, 300, { drive: "eager" });
    const stood = must(await host.view(id));
    expect(must(await host.sessionReceipts(id)).total).toBe(3);
    const reopened = stood.head;
    must(await host.changeBudget(operator, "ada", { kind: "budget.limited", ...toAda(id), limit: 1_300 }));
    expect(must(await host.view(id)).head).toBe(reopened + 1);
    expect(must(await host.sessionReceipts(id)).total).toBe(4);
    expect(must(await host.audit(id)).findings).toEqual([]);
  });
});

describe("tokens", () => {
  test("attenuated, the next send is refused; the block that decides it is named", async () => {
    const { host } = await hostFixture();
    const { id } = await open(host, 1);
    must(await advance(host, id));
    must(await advance(host, id));
    const token = must(await host.authority("ada")).devices[0]?.token ?? "";
    const narrow = must(
      await host.attenuateToken(operator, "ada", token, {
        checks: [{ kind: "capabilities", only: ["amp:send"] }],
        present: true,
      }),
    );
    expect(narrow.blocks).toHaveLength(2);
    expect(narrow.allows.find(({ capability }) => capability === "chat:message:send")?.allowed).toBe(false);
    const denied = await untilDenied(host, id);
    const [guard] = must(await host.guards(id, { seq: denied?.seq ?? 0 })).items;
    expect(guard).toMatchObject({
      allow: false,
      denial: { kind: "token", token: { id: narrow.id, block: 1 } },
    });
    must(await host.presentToken(operator, "ada", "ada-phone", { token }));
    expect(must(await advance(host, id)).entries[0]?.events.some(({ kind }) => kind === "sent")).toBe(true);
    expect(must(await host.audit(id)).findings).toEqual([]);
  });

  test("expired, revoked and foreign ones are refused and change nothing", async () => {
    const { host, clock } = await hostFixture();
    const { id: token } = must(await host.issueToken(operator, "ada", { device: "ada-phone" }));
    const ending = must(
      await host.attenuateToken(operator, "ada", token, {
        checks: [{ kind: "expires", at: clock.now() + 10 }],
      }),
    );
    clock.advance(20);
    const head = must(await host.authority("ada")).head;
    const present = (request: Parameters<Host["presentToken"]>[3]) =>
      host.presentToken(operator, "ada", "ada-phone", request);
    expect(refusal(await present({ token: ending.id }))).toBe("expired-token");
    expect(refusal(await present({ bytes: ending.bytes }))).toBe("expired-token");
    const foreign = must(await host.issueToken(operator, "bea", { device: "bea-phone" }));
    expect(refusal(await present({ bytes: foreign.bytes }))).toBe("foreign-token");
    expect(refusal(await present({ token: "tok_none" }))).toBe("not-found");
    must(await host.revokeToken(operator, "ada", token, "lost"));
    expect(refusal(await present({ token }))).toBe("revoked-token");
    expect(refusal(await present({ token: ending.id }))).toBe("revoked-token");
    expect(must(await host.authority("ada")).head).toBe(head + 1);
    expect(host.refusals().items.map(({ kind }) => kind)).toEqual([
      "revoked-token",
      "revoked-token",
      "not-found",
      "foreign-token",
      "expired-token",
      "expired-token",
    ]);
  });

  test("a capability outside the vocabulary is denied until the opening grants it, and the preview says so", async () => {
    const { host } = await hostFixture();
    const source = paidSource(1, "shop:order:ask");
    const created = must(await host.createProtocol(operator, { name: "Shop", source }));
    const preview = must(await host.admission({ protocol: created.id, seats }));
    expect(preview.frontier).toMatchObject([
      { role: "Buyer", capabilities: [{ capability: "shop:order:ask", admitted: false, granted: false }] },
    ]);
    const plain = must(await host.openSession(operator, { protocol: created.id, seats })).session;
    expect(await untilDenied(host, plain.id, 3)).toBeDefined();
    const granted = must(
      await host.openSession(operator, { protocol: created.id, seats, grant: "declared" }),
    );
    expect(must(await advance(host, granted.session.id)).entries[0]?.events[0]?.kind).toBe("sent");
    expect(must(await host.audit(granted.session.id)).findings).toEqual([]);
  });
});

describe("a context", () => {
  const note = (text: string) => ({ type: "context.note", payload: { text } });

  test("parted, written to on both sides, healed and synchronised has one root", async () => {
    const { host } = await hostFixture();
    const { id } = await open(host, 1);
    must(await advance(host, id));
    const context = `ctx:${id}`;
    must(await host.partition(operator, context, [["ada"], ["bea"]]));
    const left = must(await host.addFacts(operator, context, { replica: "ada", facts: [note("left")] }));
    must(await host.addFacts(operator, context, { replica: "bea", facts: [note("right")] }));
    const parted = must(await host.context(context));
    expect(parted).toMatchObject({ parted: true, converged: false, facts: 3 });
    expect(refusal(await host.sync(operator, context, { requester: "ada", responder: "bea" }))).toBe(
      "replicas-parted",
    );
    must(await host.heal(operator, context));
    const synced = must(await host.sync(operator, context, { requester: "ada", responder: "bea" }));
    expect(synced).toMatchObject({ toRequester: 1, toResponder: 1 });
    expect(new Set(synced.context.members.map(({ root }) => root)).size).toBe(1);
    const fact = left.items[0]?.id ?? "";
    const { root, proof } = must(await host.proveFact(context, { fact, replica: "bea" }));
    expect(verifyProof(root, proof as unknown as Parameters<typeof verifyProof>[1])).toBe(true);
    const diff = must(await host.diffFacts(context, { from: 2, to: synced.context.head }));
    expect(diff.added).toHaveLength(2);
  });

  test("refuses a fact it holds, one of no known type and a replica it does not keep", async () => {
    const { host } = await hostFixture();
    const { id } = await open(host, 1);
    const context = `ctx:${id}`;
    const order = "ab".repeat(32);
    const fact = { ...note("once"), order, time: { kind: "physical", ms: 1 } } as const;
    must(await host.addFacts(operator, context, { replica: "ada", facts: [fact] }));
    const { head } = must(await host.context(context));
    const add = (replica: string, one: Parameters<Host["addFacts"]>[2]["facts"][number]) =>
      host.addFacts(operator, context, { replica, facts: [one] });
    expect(refusal(await add("bea", fact))).toBe("duplicate-fact");
    expect(refusal(await add("ada", { type: "no.such", payload: {} }))).toBe("unknown-fact-type");
    expect(refusal(await add("ada", { type: "context.note", payload: {} }))).toBe("bad-fact");
    expect(refusal(await add("hal", fact))).toBe("unknown-replica");
    expect(must(await host.context(context)).head).toBe(head);
  });
});

describe("receipts", () => {
  test("hold as they are, and are refused when forged, replayed or of another epoch", async () => {
    const { host } = await hostFixture();
    const { id } = await open(host, 5);
    must(await advance(host, id));
    const [view] = must(await host.sessionReceipts(id)).items;
    const receipt = view?.receipt;
    if (receipt === undefined) throw new Error("no receipt");
    const check = (one: typeof receipt) => host.checkReceipt(operator, one);
    expect(must(await check(receipt)).ok).toBe(true);
    const forged = { ...receipt, charge: { ...receipt.charge, cost: 1 } };
    expect(refusal(await check(forged))).toBe("forged-receipt");
    const { signature } = receipt.seal;
    const flipped = (hexToBytes(signature.slice(0, 2))[0] ?? 0) ^ 1;
    const seal = { ...receipt.seal, signature: flipped.toString(16).padStart(2, "0") + signature.slice(2) };
    expect(refusal(await check({ ...receipt, seal }))).toBe("forged-receipt");
    must(await host.startEpoch(operator, "ada", 3));
    expect(refusal(await check(receipt))).toBe("wrong-epoch");
    expect(refusal(await host.startEpoch(operator, "ada", 3))).toBe("wrong-epoch");
  });
});

describe("a what-if", () => {
  test("charges an overlay of its own, and its receipts convince nobody", async () => {
    const { host, store } = await hostFixture();
    const { id } = await open(host, 400);
    must(await advance(host, id));
    const before = await store.lastCommit();
    const fork = must(await host.fork(operator, id, { at: 1 }));
    for (let step = 0; step < 5; step += 1) must(await advance(host, fork.id));
    const receipts = must(await host.sessionReceipts(fork.id)).items;
    expect(receipts.map(({ simulated, verified }) => [simulated, verified])).toEqual([
      [false, true],
      [true, false],
    ]);
    expect(receipts[1]?.steps.find(({ ok }) => !ok)?.step).toBe("key");
    expect(await untilDenied(host, fork.id)).toBeDefined();
    const entries = await store.readCommits(before, 1_000);
    expect(new Set(entries.map(({ stream }) => stream))).toEqual(new Set(["workspace", fork.id]));
    expect(must(await host.replay(fork.id))).toMatchObject({ ok: true, findings: [] });
    // The original has its own budget left.
    expect(await untilDenied(host, id, 3)).toBeUndefined();
  });
});

test("no stream and no export holds a secret", async () => {
  const keys = memoryKeys();
  const { host, store } = await hostFixture({ keys });
  const { id } = await open(host, 5);
  must(await advance(host, id));
  const file = must(await host.exportSession(id));
  const written = (await store.readCommits(0, 10_000)).map(({ bytes }) => bytes);
  const reason = { kind: "KeyWrapping", boundary: "test" } as const;
  const names = ["root:ada", "device:ada-phone", "root:bea"];
  const seeds = names.flatMap((name) => keys.exportKey(name, reason)?.expose(reason) ?? []);
  expect(seeds).toHaveLength(3);
  const text = [...written, file].map((bytes) => bytesToHex(bytes)).join(" ");
  // The public part is there, as text: what is looked for would be found.
  expect(text).toContain(bytesToHex(utf8ToBytes(keys.publicKey("device:ada-phone") ?? "none")));
  for (const seed of seeds) {
    expect(text).not.toContain(bytesToHex(seed));
    // Nor as text in hex.
    expect(text).not.toContain(bytesToHex(utf8ToBytes(bytesToHex(seed))));
  }
});

test("an older database gets keys and tokens at its next start, and its sessions go on", async () => {
  const { host, store } = await hostFixture({ keys: undefined, tokens: undefined });
  const { id } = await open(host, 5);
  must(await advance(host, id));
  await host.close();
  const later = await hostFixture({ store, keys: memoryKeys(), tokens: plainTokens() });
  expect(must(await later.host.authority("ada")).devices.every(({ key, token }) => key && token)).toBe(true);
  for (let step = 0; step < 5; step += 1) must(await advance(later.host, id));
  expect(must(await later.host.sessionReceipts(id)).total).toBe(1);
  expect(must(await later.host.replay(id))).toMatchObject({ ok: true, findings: [] });
  const again = await hostFixture({ store, keys: memoryKeys(), tokens: plainTokens() });
  expect(must(await again.host.authority("ada")).head).toBe(must(await later.host.authority("ada")).head);
});
