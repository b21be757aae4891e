import type { DeclareFactTypeRequest } from "@parley/wire/http";
import { expect, test } from "vitest";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import { must } from "../../testing/live-handoff.ts";
import { operator } from "../caller.ts";

const source = `protocol Talk =
  roles A, B
  A -> B : Hello
`;

const visit = (over: Partial<DeclareFactTypeRequest> = {}): DeclareFactTypeRequest => ({
  type: "clinic.visit",
  version: 1,
  minVersion: 1,
  fields: { patient: { kind: "text" }, minutes: { kind: "integer", optional: true } },
  time: { need: "instant", domain: "physical" },
  reducer: "count",
  ...over,
});

test("a declared type takes facts that fit it, and refuses those that do not", async () => {
  const { host } = await hostFixture();
  const { id } = await openText(host, source);
  const context = `ctx:${id}`;
  const add = (payload: Record<string, unknown>) =>
    host.addFacts(operator, context, { replica: "ada", facts: [{ type: "clinic.visit", payload }] });
  expect(await add({ patient: "Eli" })).toMatchObject({ ok: false, error: { kind: "unknown-fact-type" } });
  const view = must(await host.declareFactType(operator, visit()));
  expect(view).toMatchObject({ type: "clinic.visit", owner: "operator", findings: [] });
  expect(host.factTypes().map(({ type }) => type)).toContain("clinic.visit");
  expect(await add({ minutes: 5 })).toMatchObject({ ok: false, error: { kind: "bad-fact" } });
  must(await add({ patient: "Eli", minutes: 5 }));
});

test("a time wider than it needs is a finding of the declared type", async () => {
  const { host } = await hostFixture();
  const wide = visit({ fields: { when: { kind: "time", need: "instant", domain: "range" } } });
  const view = must(await host.declareFactType(operator, wide));
  expect(view.findings).toEqual([
    { code: "PAR7711", field: "when", declared: "range", narrowest: "physical" },
  ]);
});

test("a type that ships, a version that is not later and a reducer that is none are refused and change nothing", async () => {
  const { host } = await hostFixture();
  must(await host.declareFactType(operator, visit()));
  const refused = [
    [visit(), "version"],
    [visit({ type: "context.note" }), "type"],
    [visit({ type: "a.b", reducer: "magic" }), "reducer"],
    [visit({ type: "a.b", minVersion: 2 }), "minVersion"],
  ] as const;
  for (const [one, field] of refused)
    expect(await host.declareFactType(operator, one)).toMatchObject({
      ok: false,
      error: { code: "PAR7796", kind: "bad-declaration", field },
    });
  expect(host.factTypes().filter(({ owner }) => owner === "operator")).toHaveLength(1);
  const later = must(await host.declareFactType(operator, visit({ version: 2 })));
  expect(later).toMatchObject({ version: 2, minVersion: 1 });
});

test("declared types are there again after a start", async () => {
  const { host, store } = await hostFixture();
  must(await host.declareFactType(operator, visit()));
  await host.close();
  const later = await hostFixture({ store });
  expect(later.host.factTypes().map(({ type }) => type)).toContain("clinic.visit");
});
