import { expect, test } from "vitest";
import { hostFixture, openText } from "../testing/host-fixture.ts";
import { must } from "../testing/live-handoff.ts";
import { pingSource } from "../testing/sample-sources.ts";
import { operator } from "./caller.ts";

const FALLBACK = "aura.vm.consensus_fallback.prod";

test("a session asked to agree with a threaded runtime takes its scheduler, keeps that it was asked, and replays", async () => {
  const { host, store } = await hostFixture({});
  const opened = await openText(host, pingSource, { parity: "native_threaded", policy: FALLBACK });
  const { id } = opened;
  expect(opened.execution).toMatchObject({ parity: "native_threaded", scheduler: null });
  expect(opened.runsOn?.parity).toEqual({
    asked: "native_threaded",
    met: ["native_threaded", "runtime_default"],
  });
  const [first] = await store.read(id, 0, 1);
  const input = first?.entry.input;
  expect(input?.kind === "open" && [input.execution?.parity, input.config.scheduler]).toEqual([
    "native_threaded",
    { kind: "roundRobin" },
  ]);
  must(await host.run(operator, id, { until: "end", maxEntries: 100 }));
  await host.runEnded(id);
  const view = must(await host.view(id));
  expect(view.status).toBe("completed");
  expect(must(await host.schedule(id)).parity).toEqual(opened.runsOn?.parity.met);
  expect(must(await host.replay(id)).ok).toBe(true);

  // Elsewhere it says the same.
  const { host: other } = await hostFixture();
  const imported = must(await other.importSession(operator, must(await host.exportSession(id))));
  expect(imported.runsOn).toEqual(view.runsOn);
  expect(imported.execution).toEqual(view.execution);
});

test("one that asks for none records nothing of it", async () => {
  const { host, store } = await hostFixture();
  const { id, runsOn } = await openText(host, pingSource);
  const [first] = await store.read(id, 0, 1);
  expect(first?.entry.input).not.toHaveProperty("execution");
  expect(runsOn?.parity.asked).toBeNull();
});

test("a scheduler asked for by name stands against a profile that asks for another", async () => {
  const { host } = await hostFixture();
  const { protocol } = await openText(host, pingSource);
  const asked = { protocol: protocol.id, parity: "wasm_cooperative" } as const;
  expect(must(await host.admission(asked)).admitted).toBe(true);
  const report = must(await host.admission({ ...asked, scheduler: "aging" }));
  expect(report.rules.filter(({ outcome }) => outcome !== "passed").map(({ rule }) => rule)).toEqual([
    "parity-scheduler",
  ]);
  expect(await host.openSession(operator, { ...asked, scheduler: "aging" })).toMatchObject({
    ok: false,
    error: { code: "PAR7101" },
  });
});

test("a profile that its policy does not meet is refused before anything is written", async () => {
  const { host, store } = await hostFixture();
  const { protocol } = await openText(host, pingSource);
  const before = await store.lastCommit();
  expect(
    await host.openSession(operator, { protocol: protocol.id, parity: "native_threaded" }),
  ).toMatchObject({ ok: false, error: { code: "PAR7101", admission: { admitted: false } } });
  expect(await store.lastCommit()).toBe(before);
});
