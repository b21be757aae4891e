import type { InputsRequest } from "@parley/wire/http";
import { describe, expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { timedSources } from "../testing/timed-sources.ts";
import { operator } from "./caller.ts";
import type { Host } from "./host-api.ts";
import type { Result } from "./host-error.ts";

const source = `module relay exposing (Relay)
protocol Relay =
  roles A, B, C
  A -> B : One of Nat
  A -> B : Two of Nat
  B -> C : Three
  C -> A : Four
`;

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

type Input = InputsRequest["inputs"][number];
type Fault = Extract<Extract<Input, { kind: "topology" }>["event"], { kind: "frame" }>["fault"];

const ask = async (host: Host, id: string, ...inputs: readonly Input[]) => {
  const { head } = must(await host.view(id));
  return host.inputs(operator, id, { expectedHead: head, inputs: [...inputs] });
};

const nat = (value: number) => ({ kind: "nat", value }) as never;
const pay = (step: number, value: number): Input => ({
  kind: "payload",
  seat: "A",
  endpoint: "",
  step,
  value: nat(value),
});
const frame = (seq: number, fault: Fault): Input => ({
  kind: "topology",
  event: { kind: "frame", from: "A", to: "B", seq, fault },
});
const site = (kind: "crash" | "restart", role: string): Input => ({
  kind: "topology",
  event: { kind, site: role },
});

const runOn = async (host: Host, id: string) => {
  must(await host.run(operator, id, { until: "end" }));
  await host.runEnded(id);
  return must(await host.view(id));
};

/** A session with both messages of A on their way and B paused, so that they stay there. */
const inFlight = async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, source);
  must(await ask(host, id, { kind: "pause", role: "B" }, pay(0, 6), pay(1, 7)));
  const view = await runOn(host, id);
  const edge = view.edges.find(({ from, to }) => from === "A" && to === "B");
  expect(edge?.queue.map(({ label }) => label)).toEqual(["One", "Two"]);
  return { host, id };
};

const queued = async (host: Host, id: string) =>
  must(await host.view(id))
    .edges.find(({ from, to }) => from === "A" && to === "B")
    ?.queue.map(({ label, payload }) => `${label} ${"value" in payload ? payload.value : ""}`);

describe("a message on its way", () => {
  test.each([
    ["drop", ["Two 7"]],
    ["duplicate", ["One 6", "One 6", "Two 7"]],
    ["overtake", ["Two 7", "One 6"]],
    ["bitFlip", ["One 7", "Two 7"]],
  ] as const)("can %s", async (fault, after) => {
    const { host, id } = await inFlight();
    const before = must(await host.view(id));
    must(await ask(host, id, frame(0, fault)));
    expect(await queued(host, id)).toEqual(after);
    const report = must(await host.replay(id));
    expect(report).toMatchObject({ ok: true, head: before.head + 1 });
  });

  test("that is lost is waited for by nobody in vain silently: its receiver says whom it waits for", async () => {
    const { host, id } = await inFlight();
    must(await ask(host, id, frame(1, "drop"), { kind: "resume", role: "B" }));
    const view = await runOn(host, id);
    const [end] = view.roles.find(({ role }) => role === "B")?.endpoints ?? [];
    expect(end?.wait).toMatchObject({ kind: "empty", on: "A" });
    const { items } = must(await host.log(id, 0, 100));
    expect(items.flatMap(({ events }) => events)).toContainEqual(
      expect.objectContaining({ kind: "discarded", label: "Two", why: "lost on its way" }),
    );
  });

  test("that is not there is refused by its number, with those that are; without a head nothing is asked", async () => {
    const { host, id } = await inFlight();
    const result = await ask(host, id, frame(7, "drop"));
    expect(result).toMatchObject({ ok: false, error: { code: "PAR7018", seq: 7, inFlight: [0, 1] } });
    expect(await host.inputs(operator, id, { inputs: [frame(0, "drop")] })).toMatchObject({
      error: { code: "PAR7003" },
    });
  });
});

describe("a crashed role", () => {
  test("stops whoever needs it, and comes back with what it had", async () => {
    const { host, id } = await inFlight();
    must(await ask(host, id, { kind: "resume", role: "B" }, site("crash", "C")));
    const down = await runOn(host, id);
    expect(down.status).toBe("faulted");
    expect(down.broken).toEqual({ crashed: ["C"], cut: [], garbled: [] });
    const wait = down.roles.find(({ role }) => role === "B")?.endpoints[0]?.wait;
    expect(wait).toMatchObject({ kind: "topology", text: "the way from B to C is cut" });

    must(await ask(host, id, site("restart", "C")));
    expect(must(await host.view(id))).toMatchObject({ status: "active" });
    expect(must(await host.view(id)).broken).toBeUndefined();
    expect((await runOn(host, id)).status).toBe("completed");
    expect(must(await host.replay(id)).ok).toBe(true);
  });

  test("can be restarted when nobody else was left; one that has not crashed cannot", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, source);
    must(await ask(host, id, site("crash", "A"), site("crash", "B"), site("crash", "C")));
    expect((await ask(host, id, { kind: "pause", role: "A" })).ok).toBe(false);
    for (const role of ["A", "B", "C"]) must(await ask(host, id, site("restart", role)));
    must(await ask(host, id, pay(0, 1), pay(1, 2)));
    expect((await runOn(host, id)).status).toBe("completed");

    const other = (await openText(host, source)).id;
    expect(await ask(host, other, site("restart", "A"))).toMatchObject({
      error: { code: "PAR7017", down: [] },
    });
  });

  test("with a timeout of its own goes on without its timer", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, timedSources.retry ?? "", { clock: "manual" });
    await runOn(host, id);
    const { roles } = must(await host.view(id));
    const owner = roles.find(({ endpoints }) => endpoints.some(({ scopes }) => scopes?.[0]?.timer))?.role;
    expect(owner).toBeDefined();
    must(await ask(host, id, site("crash", owner ?? ""), site("restart", owner ?? "")));
    await runOn(host, id);
    expect(must(await host.replay(id)).ok).toBe(true);
  });
});

describe("the schedule", () => {
  test("says who runs next in the order of picking, who waits for whom and who is held", async () => {
    const { host, id } = await inFlight();
    const paused = must(await host.schedule(id));
    expect(paused.next).toEqual([]);
    expect(paused.held).toMatchObject([{ role: "B", why: "paused" }]);
    expect(paused.waiting.map(({ role, on }) => [role, on])).toEqual([
      ["A", "C"],
      ["C", "B"],
    ]);
    must(await ask(host, id, { kind: "resume", role: "B" }));
    const ready = must(await host.schedule(id));
    expect(ready.next.map(({ role }) => role)).toEqual(["B"]);
    expect(ready.scheduler).toEqual({ name: "cooperative", rule: "first in, first out" });
    expect(must(await host.schedule(id, 0)).next.map(({ role }) => role)).toEqual(["A", "B", "C"]);
  });

  test("orders by priority under fixed priorities, and tells policy, parity and budgets", async () => {
    const { host } = await hostFixture();
    const { id } = await openText(host, source, {
      scheduler: "fixed",
      priorities: { B: 1, C: 5 },
      policy: "aura.vm.prod.default",
      profile: "ci",
    });
    const found = must(await host.schedule(id));
    expect(found.next.map(({ role, priority }) => [role, priority])).toEqual([
      ["C", 5],
      ["B", 1],
      ["A", 0],
    ]);
    expect(found.policy).toMatchObject({ class: "RecoveryGrant", mode: "cooperative", waveBound: 1 });
    expect(found.parity).toEqual(["runtime_default"]);
    expect(found.budgets).toMatchObject({ credits: null, output: "allowNamed" });
    expect(found.budgets.guardLayers).toHaveLength(2);
    const plain = (await openText(host, source)).id;
    expect(must(await host.schedule(plain)).parity).toContain("native_cooperative");
  });
});
