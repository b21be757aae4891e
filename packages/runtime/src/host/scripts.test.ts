import type { OpenSessionRequest, SessionView } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { loopSource, shopSource } from "../testing/sample-sources.ts";
import { operator } from "./caller.ts";
import type { Host } from "./host-api.ts";
import type { Result } from "./host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
type Script = NonNullable<OpenSessionRequest["script"]>;
const script = (rows: Partial<Script>): Script => ({
  name: "test",
  decide: [],
  payload: [],
  fail: [],
  ...rows,
});
const scripted = (rows: Partial<Script>): Omit<OpenSessionRequest, "protocol"> => ({
  decisions: "script",
  clock: "manual",
  script: script(rows),
});
const settle = async (host: Host, id: string): Promise<SessionView> => {
  while ((await host.inputs(operator, id, { inputs: [{ kind: "advance" }] })).ok);
  return must(await host.view(id));
};
const buy = { role: "Buyer", take: "Buy" };
const order = { role: "Buyer", message: "Buy", value: '{"sku":1}' };

/** What a script gave, as the log has it. */
const sources = async (host: Host, id: string): Promise<readonly unknown[]> => {
  const log = must(await host.log(id, 0, 1_000));
  return log.items.flatMap(({ reads }) =>
    (reads as { kind: string; source?: unknown }[]).flatMap(({ source }) => source ?? []),
  );
};

describe("a script", () => {
  test("decides and pays, and the log says it was the script", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, shopSource, scripted({ decide: [buy], payload: [order] }));
    expect((await settle(host, id)).status).toBe("completed");
    const given = await sources(host, id);
    expect(given).toContainEqual({ kind: "script", script: "test" });
    expect(must(await host.replay(id))).toMatchObject({ ok: true, findings: [] });
  });

  test("tells occurrences apart by their number", async () => {
    const { host } = await hostFixture();
    const rows = [
      { role: "A", nth: 2, take: "Stop" },
      { role: "A", take: "Again" },
    ];
    const { id } = await openText(host, loopSource, scripted({ decide: rows }));
    expect((await settle(host, id)).status).toBe("completed");
    const log = must(await host.log(id, 0, 1_000));
    const taken = log.items.flatMap(({ events }) => events).filter(({ kind }) => kind === "offered");
    expect(taken.map(({ label }) => label)).toEqual(["Again", "Again", "Stop"]);
  });

  test("leaves to a person what no row fits", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, shopSource, scripted({ decide: [{ ...buy, nth: 5 }] }));
    const waiting = await settle(host, id);
    expect(waiting.next.find(({ kind }) => kind === "decide")).toMatchObject({ seat: "Buyer" });
    must(
      await host.inputs(operator, id, {
        inputs: [{ kind: "decide", seat: "Buyer", endpoint: "", step: 1, label: "Leave" }],
      }),
    );
    expect((await settle(host, id)).status).toBe("completed");
  });

  test("answers after its delay, and not before", async () => {
    const { host, store } = await hostFixture();
    const { id } = await openText(
      host,
      shopSource,
      scripted({ decide: [{ ...buy, delay: 100 }], payload: [order] }),
    );
    const asked = await settle(host, id);
    const start = asked.clockAt;
    expect(asked).toMatchObject({ status: "active", script: { name: "test", due: start + 100 } });
    const move = (at: number) => host.inputs(operator, id, { inputs: [{ kind: "clock", at }] });
    must(await move(start + 99));
    expect((await settle(host, id)).status).toBe("active");
    must(await move(start + 100));
    expect(await settle(host, id)).toMatchObject({ status: "completed", script: { due: null } });
    expect(must(await host.replay(id))).toMatchObject({ ok: true, findings: [] });
    const again = await hostFixture({ store });
    expect(must(await again.host.view(id)).stateHash).toBe(must(await host.view(id)).stateHash);
  });

  test("with a delayed row that answers nothing leaves the clock nothing to wait for", async () => {
    const { host } = await hostFixture();
    const rows = {
      decide: [buy],
      payload: [
        { ...order, nth: 3, delay: 40 },
        { ...order, nth: 4, delay: 70 },
      ],
    };
    const { id } = await openText(host, shopSource, scripted(rows));
    const waiting = await settle(host, id);
    for (const delay of [40, 70]) {
      const due = waiting.clockAt + delay;
      expect(must(await host.view(id)).script?.due).toBe(due);
      must(await host.inputs(operator, id, { inputs: [{ kind: "clock", at: due }] }));
      await settle(host, id);
    }
    expect(must(await host.view(id))).toMatchObject({ status: "active", script: { due: null } });
  });

  test("lets a role fail at a message, and the fault carries the reason", async () => {
    const { host } = await hostFixture();
    const fail = [{ role: "Shop", message: "Receipt", reason: "out of paper" }];
    const { id } = await openText(host, shopSource, scripted({ decide: [buy], payload: [order], fail }));
    const view = await settle(host, id);
    const [endpoint] = view.roles.find(({ role }) => role === "Shop")?.endpoints ?? [];
    expect(endpoint?.status).toBe("faulted");
    const log = must(await host.log(id, 0, 1_000));
    expect(JSON.stringify(log.items)).toContain("out of paper");
    expect(must(await host.replay(id))).toMatchObject({ ok: true, findings: [] });
  });
});

describe("a script that does not fit", () => {
  const refusal = async (request: Omit<OpenSessionRequest, "protocol">): Promise<readonly string[]> => {
    const { host } = await hostFixture();
    const created = must(await host.createProtocol(operator, { name: "Test", source: shopSource }));
    const opened = await host.openSession(operator, { protocol: created.id, ...request });
    if (opened.ok || opened.error.kind !== "bad-script") throw new Error(JSON.stringify(opened));
    expect(await host.listSessions()).toEqual([]);
    return opened.error.problems;
  };

  test.each<readonly [string, Partial<Script>, string]>([
    [
      "decides for a role that decides nothing",
      { decide: [{ role: "Shop", take: "Buy" }] },
      "decide[0].role: Shop decides nothing",
    ],
    [
      "names no role of the protocol",
      { decide: [buy, { role: "Bank", take: "Buy" }] },
      "decide[1].role: there is no role Bank; the roles are Buyer, Shop",
    ],
    [
      "takes a label that is not on offer",
      { decide: [{ role: "Buyer", take: "Steal" }] },
      "decide[0].take: Steal is not on offer; on offer are Buy, Leave",
    ],
    [
      "pays for a message the role does not say",
      { payload: [{ ...order, role: "Shop" }] },
      "payload[0].message: Shop gives no value for Buy",
    ],
    [
      "gives a value of another type",
      { payload: [{ ...order, value: "{" }] },
      "payload[0].value: not a value of shop.Order",
    ],
    [
      "fails at what is never said",
      { fail: [{ role: "Buyer", message: "Receipt", reason: "x" }] },
      "fail[0].message: Buyer never says Receipt",
    ],
  ])("because it %s is refused with its place", async (_, rows, problem) => {
    expect(await refusal(scripted(rows))).toEqual([problem]);
  });

  test("is refused with all that is wrong at once", async () => {
    const rows = { decide: [{ role: "Bank", take: "x" }], payload: [{ ...order, value: "{" }] };
    expect(await refusal(scripted(rows))).toHaveLength(2);
  });

  test("because nothing moves its clock, or because nobody lets it decide, is refused", async () => {
    const delayed = scripted({ decide: [{ ...buy, delay: 5 }] });
    expect(await refusal({ ...delayed, clock: "real" })).toEqual([
      "decide[0].delay: a delay counts on a manual clock only",
    ]);
    expect(await refusal({ ...delayed, decisions: "first" })).toEqual([
      "script: a script decides only where decisions is script",
    ]);
    expect(await refusal({ decisions: "script" })).toEqual([
      "script: decisions is script, and there is none",
    ]);
  });
});
