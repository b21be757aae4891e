import { describe, expect, test } from "vitest";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const source = `module spread exposing (Spread)
protocol Spread =
  roles Chair, Member[3], Clerk
  Chair { guard_capability : "chat:message:send", flow_cost : 40, journal_facts : "called" } ->* : Call
  Clerk -> Chair : Noted
`;

const seat = (role: string, authority: string) => ({ role, authority, device: `${authority}-phone` });
const seats = [
  seat("Chair", "ada"),
  seat("Member[0]", "bea"),
  seat("Member[1]", "bea"),
  seat("Member[2]", "fay"),
  seat("Clerk", "fay"),
];

const open = (host: Host, drive: "manual" | "eager" = "manual") =>
  openText(host, source, { seats, grant: "none", drive });
const advance = async (host: Host, id: string) =>
  must(await host.inputs(operator, id, { inputs: [{ kind: "advance" }] })).entries[0];
const limit = async (host: Host, id: string, peer: string, amount: number) =>
  must(
    await host.changeBudget(operator, "ada", {
      kind: "budget.limited",
      context: `ctx:${id}`,
      peer,
      limit: amount,
    }),
  );
const sends = async (host: Host, id: string): Promise<readonly unknown[]> =>
  must(await host.log(id, 0, 1_000))
    .items.flatMap(({ events }) => events)
    .flatMap(({ kind, label, edge }) =>
      kind === "sent" && label === "Call" ? [(edge as { to: string }).to] : [],
    );

describe("a broadcast", () => {
  test("that cannot be paid for as a whole sends nothing and charges nothing, names the leg, and goes out whole once it can", async () => {
    const { host } = await hostFixture();
    const { id } = await open(host);
    // Enough for every leg to bea and for one of the two to fay.
    await limit(host, id, "fay", 79);
    const denied = await advance(host, id);
    expect(denied?.events.map(({ kind }) => kind)).toContain("blocked");
    expect(denied?.effects).toEqual([]);
    expect(await sends(host, id)).toEqual([]);
    const [judged] = must(await host.guards(id, {})).items;
    expect(judged).toMatchObject({
      edgeId: "0#0",
      allow: false,
      cost: 0,
      receipts: [],
      facts: [],
      legs: {
        count: 4,
        budgets: [
          { peer: "bea", legs: 2, needs: 80, left: 1000 },
          { peer: "fay", legs: 2, needs: 80, left: 79 },
        ],
        short: "0#3",
      },
      denial: { kind: "budget", budget: { peer: "fay", limit: 79, spent: 0, needed: 80 } },
    });
    expect(judged?.verdicts.at(-1)).toMatchObject({ guard: "flow", code: "PAR7623", before: 79, after: 79 });
    expect(judged?.denial?.text).toContain("Leg 4 of 4 of the broadcast, to Clerk");
    expect(must(await host.sessionReceipts(id)).total).toBe(0);

    await limit(host, id, "fay", 80);
    while (must(await host.view(id)).next.some(({ kind }) => kind === "advance")) await advance(host, id);
    expect(await sends(host, id)).toEqual(["Member[0]", "Member[1]", "Member[2]", "Clerk"]);
    const receipts = must(await host.sessionReceipts(id)).items;
    expect(receipts.map(({ receipt: { charge } }) => [charge.edgeId, charge.peer, charge.cost])).toEqual([
      ["0#0", "bea", 40],
      ["0#1", "bea", 40],
      ["0#2", "fay", 40],
      ["0#3", "fay", 40],
    ]);
    expect(must(await host.audit(id))).toMatchObject({ ok: true, findings: [], receipts: 4 });
    expect(must(await host.replay(id))).toMatchObject({ ok: true, findings: [] });
  });

  test("of an eager session waits for its budget as a whole and goes on by itself", async () => {
    const { host } = await hostFixture();
    const { id } = await open(host, "eager");
    expect(await sends(host, id)).toHaveLength(4);
    const short = must(
      await host.openSession(operator, {
        protocol: must(await host.view(id)).protocol.id,
        seats,
        grant: "none",
        drive: "eager",
        budget: 79,
      }),
    ).session;
    expect(await sends(host, short.id)).toEqual([]);
    await limit(host, short.id, "bea", 80);
    // The other budget does not do yet: denied again, as a whole.
    expect(await sends(host, short.id)).toEqual([]);
    await limit(host, short.id, "fay", 80);
    expect(await sends(host, short.id)).toHaveLength(4);
    for (const one of [id, short.id]) expect(must(await host.audit(one)).findings).toEqual([]);
  });

  test("in a what-if is held back as a whole too", async () => {
    const { host } = await hostFixture();
    const { id } = await open(host);
    await limit(host, id, "bea", 79);
    const fork = must(await host.fork(operator, id, { at: 0 }));
    const inputs = [{ kind: "advance" as const }];
    must(await host.inputs(operator, fork.id, { inputs }));
    expect(await sends(host, fork.id)).toEqual([]);
    expect(must(await host.guards(fork.id, {})).items[0]?.legs).toMatchObject({ count: 4, short: "0#1" });
  });

  test("told otherwise in the record is a finding of the audit; one recorded without its legs is none", async () => {
    const { host, store } = await hostFixture();
    const { id } = await open(host);
    await limit(host, id, "fay", 79);
    const denied = await advance(host, id);
    const altered = async (change: (read: { [key: string]: unknown }) => void) => {
      const read = store.read.bind(store);
      store.read = async (stream, from, count) =>
        (await read(stream, from, count)).map((one) => {
          if (stream !== id || one.entry.seq !== denied?.seq) return one;
          const copy = structuredClone(one);
          for (const each of copy.entry.reads) if (each.kind === "guard") change(each as never);
          return copy;
        });
      const { findings } = must(await host.audit(id));
      store.read = read;
      return findings.map(({ what }) => what);
    };
    expect(await altered(() => undefined)).toEqual([]);
    expect(
      await altered((read) => {
        const legs = read.legs as { budgets: { left: number }[] };
        for (const one of legs.budgets) one.left += 1;
      }),
    ).toEqual(["verdict"]);
    // As a log from before the sum was checked has it: the first leg was allowed by itself.
    expect(
      await altered((read) => {
        read.legs = undefined;
        delete read.legs;
        read.verdicts = [
          {
            guard: "capability",
            allow: true,
            subject: "chat:message:send",
            read: (read.verdicts as { read: object }[])[0]?.read,
          },
          {
            guard: "flow",
            allow: true,
            subject: "40",
            read: { [`budget:ctx:${id}:bea`]: -1 },
            before: 1000,
            after: 960,
          },
          { guard: "journal", allow: true, subject: "called", read: {} },
        ];
      }),
    ).toEqual([]);
  });
});
