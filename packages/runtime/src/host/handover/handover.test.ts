import { describe, expect, test } from "vitest";
import { verifyHandoff } from "../../reconfiguration/index.ts";
import { hostFixture } from "../../testing/host-fixture.ts";
import { linkedCatalogue } from "../../testing/linked-source.ts";
import {
  ask,
  footprintOf,
  handOn,
  must,
  refusal,
  seats,
  standing,
  start,
} from "../../testing/live-handoff.ts";
import { operator } from "../caller.ts";

describe("a handoff", () => {
  test("moves owner, fragments and footprint together and refuses the stale owner", async () => {
    const { host, id } = await start();
    const before = must(await host.ownership(id));
    expect(before.owner).toEqual({ owner: "ada", generation: 1, scope: { kind: "session" } });
    expect(before.boundary.scope).toEqual({ kind: "session" });
    expect(before.fragments).toEqual([
      { key: "bundle:moving", owner: "ada", protocol: "moving.Moving", bundle: "moving" },
    ]);
    const stale = await ask(host, id, "chan");

    const { handoff, ownership, head } = must(await handOn(host, id, "chan"));
    expect(ownership.owner).toEqual({
      owner: "chan",
      generation: 2,
      scope: { kind: "fragments", keys: ["bundle:moving"] },
    });
    expect(ownership.fragments.map(({ owner }) => owner)).toEqual(["chan"]);
    expect(ownership.boundary).toMatchObject({ bundle: "moving", fragments: ["bundle:moving"] });
    expect(await footprintOf(host, "ada")).toMatchObject({ native: [], delegatedOut: [id] });
    expect(await footprintOf(host, "chan")).toMatchObject({ delegatedIn: [id] });
    expect(handoff).toMatchObject({ verified: true, coherence: "Preserved", seq: head });
    expect((await host.reconfiguration()).coherence.coherent).toBe(true);

    const again = await host.delegateSession(operator, id, { ...stale, expectedHead: head });
    expect(refusal(again)).toEqual({ code: "PAR8303", variant: "OwnerTransfer.OwnerMismatch" });
    expect(must(await host.ownership(id)).owner).toEqual(ownership.owner);
  });

  test("back and forth makes a new generation each time; an old one of the same owner is refused", async () => {
    const { host, id } = await start();
    const first = await ask(host, id, "chan");
    must(await handOn(host, id, "chan"));
    must(await handOn(host, id, "ada"));
    const { head, lineage, owner } = must(await host.ownership(id));
    expect(owner).toMatchObject({ owner: "ada", generation: 3 });
    expect(lineage.nodes.map((node) => `${node.owner} ${node.generation}`)).toEqual([
      "ada 1",
      "chan 2",
      "ada 3",
    ]);
    expect(lineage.edges.map(({ from, to, verified }) => [from, to, verified])).toEqual([
      ["g1", "g2", true],
      ["g2", "g3", true],
    ]);
    const stale = await host.delegateSession(operator, id, { ...first, expectedHead: head });
    expect(refusal(stale)).toEqual({ code: "PAR8305", variant: "OwnerTransfer.CapabilityMismatch" });
  });

  test("is one commit: mark, owner, fact at both replicas and two signatures, each named by the mark", async () => {
    const { host, store, id } = await start();
    const { handoff, head } = must(await handOn(host, id, "chan"));
    const [mark] = await store.read(id, head, 1);
    expect(mark?.entry.input).toMatchObject({
      kind: "delegate",
      detail: { from: "ada", to: "chan", generation: 2, bundle: "moving", receipt: handoff.receipt.id },
    });
    const streams = new Set(mark?.entry.effects.map(({ stream }) => stream));
    expect(streams).toEqual(new Set(["workspace", `ctx:${id}`, "ada", "chan"]));
    for (const { stream, seq } of mark?.entry.effects ?? [])
      expect(await store.read(stream, seq, 1)).toHaveLength(1);
    const facts = must(await host.facts(`ctx:${id}`, { type: "SessionDelegation" }));
    expect(facts.items).toMatchObject([
      { id: handoff.fact.id, payload: { from_authority: "ada", to_authority: "chan", bundle_id: "moving" } },
    ]);
    expect(facts.items[0]?.replicas).toEqual(expect.arrayContaining(["ada", "chan"]));
  });

  test("holds in the browser by the view alone, and not when a bit of it is another", async () => {
    const { host, id } = await start();
    must(await handOn(host, id, "chan"));
    const { receipts } = must(await host.ownership(id));
    const [view] = JSON.parse(JSON.stringify(receipts)) as typeof receipts;
    if (view === undefined) throw new Error("no receipt");
    const check = ({ receipt, signatures, keys, previous }: typeof view) =>
      verifyHandoff(receipt, signatures, keys, previous ?? undefined);
    expect(check(view)).toEqual({ ok: true, steps: view.steps });
    const failed = (changed: typeof view) =>
      check(changed)
        .steps.filter(({ ok }) => !ok)
        .map(({ step }) => step);
    const { receipt, signatures, keys } = view;
    expect(failed({ ...view, receipt: { ...receipt, context: "ctx:elsewhere" } })).toEqual(["receipt-id"]);
    expect(failed({ ...view, signatures: signatures.slice(1) })).toEqual(["from-signature", "from-key"]);
    expect(failed({ ...view, keys: keys.filter(({ authority }) => authority !== "chan") })).toEqual([
      "to-key",
    ]);
    const ended = keys.map((one) => ({ ...one, from: 3 }));
    expect(failed({ ...view, keys: ended })).toEqual(["from-key", "to-key"]);
    const swapped = signatures.map((one) => ({
      ...one,
      role: one.role === "from" ? ("to" as const) : ("from" as const),
    }));
    expect(failed({ ...view, signatures: swapped })).toContain("from-signature");
    const later = { ...receipt.ownership, fromGeneration: 5, toGeneration: 6, claim: 6 };
    expect(failed({ ...view, receipt: { ...receipt, ownership: later } })).toEqual([
      "ownership-id",
      "receipt-id",
      "generation",
    ]);
    const more = { ...receipt.delegation.to_after, native: ["another"] };
    expect(
      failed({ ...view, receipt: { ...receipt, delegation: { ...receipt.delegation, to_after: more } } }),
    ).toEqual(["receipt-id", "footprints"]);
  });

  test("keeps its context apart from its bundle evidence", async () => {
    const { host, id } = await start();
    const other = must(
      await host.openSession(operator, { protocol: "moving", seats, grant: "declared", clock: "manual" }),
    );
    const elsewhere = `ctx:${other.session.id}`;
    must(await host.joinReplicas(operator, elsewhere, ["chan"]));
    const { handoff } = must(await handOn(host, id, "chan", { context: elsewhere }));
    expect(handoff.receipt).toMatchObject({
      context: elsewhere,
      boundary: { bundle: "moving", scope: { kind: "fragments", keys: ["bundle:moving"] } },
    });
    expect(handoff.fact.context).toBe(elsewhere);
    expect(must(await host.facts(elsewhere, { type: "SessionDelegation" })).items).toHaveLength(1);
  });

  test("asked again under its key is made once", async () => {
    const { host, id } = await start();
    const request = await ask(host, id, "chan");
    const caller = { ...operator, key: "once" };
    const first = must(await host.delegateSession(caller, id, request));
    const second = must(await host.delegateSession(caller, id, request));
    expect(second).toMatchObject({
      replayed: true,
      head: first.head,
      handoff: { receipt: first.handoff.receipt },
    });
    expect(must(await host.ownership(id)).generation).toBe(2);
  });
});

describe("an owner of fragments", () => {
  test("may not close or cancel the session until it is handed back whole", async () => {
    const { host, id } = await start();
    must(await handOn(host, id, "chan"));
    const { head, handBack } = must(await host.ownership(id));
    for (const input of [{ kind: "close" }, { kind: "cancel", reason: "no more" }] as const)
      expect(refusal(await host.inputs(operator, id, { expectedHead: head, inputs: [input] }))).toEqual({
        code: "PAR8323",
        variant: "FullSessionCapabilityRequired",
      });
    expect(must(await host.ownership(id)).refused.map(({ what }) => what)).toEqual(["close", "cancel"]);
    if (handBack === null) throw new Error("nobody to hand it back to");
    expect(handBack.to).toBe("ada");
    const back = must(await handOn(host, id, "ada", { boundary: handBack.boundary }));
    expect(back.ownership.owner).toEqual({ owner: "ada", generation: 3, scope: { kind: "session" } });
    must(await host.inputs(operator, id, { expectedHead: back.head, inputs: [{ kind: "close" }] }));
    const ended = must(await host.ownership(id));
    expect(ended).toMatchObject({ owner: null, generation: 3, fragments: [], delegated: true });
    expect(
      (await host.reconfiguration()).footprints.flatMap(({ footprint }) => footprint.delegatedOut),
    ).toEqual([]);
  });

  test("hands on what it holds, never the whole to somebody who never had it", async () => {
    const { host, id } = await start();
    must(await handOn(host, id, "chan"));
    const boundary = { bundle: "moving", protocols: [], fragments: [], scope: { kind: "session" as const } };
    expect(refusal(await handOn(host, id, "dee", { boundary }))).toMatchObject({ code: "PAR8322" });
    expect(must(await handOn(host, id, "dee")).ownership.owner).toMatchObject({
      owner: "dee",
      generation: 3,
    });
  });

  test("gives the session up when it ends by itself", async () => {
    const { host, store, id } = await start();
    must(await handOn(host, id, "chan"));
    must(
      await host.inputs(operator, id, {
        inputs: [{ kind: "decide", seat: "Giver", endpoint: "", step: 0, label: "Stop" }],
      }),
    );
    await host.run(operator, id, { to: "end" } as never);
    await host.runEnded(id);
    const { status, at } = must(await host.view(id));
    expect(status).toBe("completed");
    const ended = must(await host.ownership(id));
    expect(ended).toMatchObject({ owner: null, generation: 2, refusal: { code: "PAR7007" } });
    const [last] = await store.read(id, at, 1);
    expect(last?.entry.effects.map(({ stream }) => stream)).toContain("workspace");
  });
});

describe("a session at an earlier position", () => {
  test("belongs to whom it belonged then, and the log says the same when it is folded again", async () => {
    const { host, store, id } = await start();
    must(await handOn(host, id, "chan"));
    must(await handOn(host, id, "dee"));
    const owners = [];
    for (const at of [0, 1, 2]) owners.push(must(await host.ownership(id, at)).owner?.owner);
    expect(owners).toEqual(["ada", "chan", "dee"]);
    const crash = { kind: "topology", event: { kind: "crash", site: "Taker" } } as const;
    must(await host.inputs(operator, id, { expectedHead: 2, inputs: [crash] }));
    const { lanes } = must(await host.view(id));
    expect(lanes?.ownership.map(({ seq, owner, scope }) => [seq, owner, scope])).toEqual([
      [0, "ada", "session"],
      [1, "chan", "fragments bundle:moving"],
      [2, "dee", "fragments bundle:moving"],
    ]);
    expect(lanes?.topology).toMatchObject([{ seq: 3, event: "Taker crashed", crashed: ["Taker"] }]);
    expect(must(await host.replay(id))).toMatchObject({ ok: true });
    const standingBefore = await standing(host, id);
    await host.close();
    const again = await hostFixture({ store, seed: linkedCatalogue });
    expect(await standing(again.host, id)).toEqual(standingBefore);
  });
});
