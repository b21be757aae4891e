import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failingStore } from "../../testing/failing-store.ts";
import { seededRandom } from "../../testing/fixed-ports.ts";
import { hostFixture, openText } from "../../testing/host-fixture.ts";
import { shopSource } from "../../testing/sample-sources.ts";
import { operator } from "../caller.ts";
import type { Host } from "../host-api.ts";
import type { Result } from "../host-error.ts";
import { memoryStore } from "../memory-store.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};
const refusal = (result: Result<unknown>): string => (result.ok ? "accepted" : result.error.kind);

const subject = "session.edge";
const all = ["planned", "validated", "executed", "validated", "executed", "done"];
const standing = (host: Host) => host.migrations().items.find((one) => one.subject === subject);
const kinds = (host: Host) => standing(host)?.journal.map(({ kind }) => kind);

/** A session whose first message recorded a fact. */
const withFact = async (host: Host) => {
  const { id } = await openText(host, shopSource);
  must(await host.inputs(operator, id, { inputs: [{ kind: "advance" }] }));
  return id;
};

const factsOf = async (host: Host, session: string) => must(await host.facts(`ctx:${session}`, {})).items;

describe("a migration of facts", () => {
  test("says what is needed and the path, and what each step would change in which journal, keeping nothing", async () => {
    const { host } = await hostFixture();
    const session = await withFact(host);
    const commit = await host.lastCommit();
    expect(standing(host)).toMatchObject({ version: 1, latest: 3, needed: true, run: { phase: "Idle" } });
    const dry = must(await host.dryRunMigration({ subject }));
    expect(dry).toMatchObject({ from: 1, to: 3, unreadable: 0, error: null });
    expect(dry.written).toEqual([{ version: 1, facts: 1 }]);
    for (const step of dry.steps)
      expect(step).toMatchObject({
        changed: 1,
        journals: [{ id: `ctx:${session}`, kind: "context", facts: 1 }],
      });
    expect(dry.steps.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [2, 3],
    ]);
    expect(await host.lastCommit()).toBe(commit);
  });

  test("is journaled step by step, once; facts stay as they were written, new ones are written at the new version", async () => {
    const { host } = await hostFixture();
    const old = await withFact(host);
    const before = await factsOf(host, old);
    const done = must(await host.runMigration(operator, { subject }));
    expect(done).toMatchObject({ version: 3, needed: false, run: { phase: "Done", resumable: false } });
    expect(done.journal.map(({ kind }) => kind)).toEqual(all);
    const after = await factsOf(host, old);
    expect(after.map(({ id, version, payload }) => [id, version, payload])).toEqual(
      before.map(({ id, version, payload }) => [id, version, payload]),
    );
    const [fresh] = await factsOf(host, await withFact(host));
    expect(fresh).toMatchObject({ version: 3, payload: { name: "asked", by: fresh?.by } });
    expect(must(await host.dryRunMigration({ subject })).written).toEqual([
      { version: 1, facts: 1 },
      { version: 3, facts: 1 },
    ]);
    expect(refusal(await host.runMigration(operator, { subject }))).toBe("migration-not-needed");
    expect(refusal(await host.resumeMigration(operator, { subject }))).toBe("migration-not-needed");
  });

  test("shows an old fact as the migrated schema reads it, beside what was written", async () => {
    const { host } = await hostFixture();
    const session = await withFact(host);
    must(await host.runMigration(operator, { subject }));
    const [fact] = await factsOf(host, session);
    expect(fact).toMatchObject({ version: 1, payload: { fact: "asked" } });
    expect(fact?.reads).toMatchObject({ version: 3, payload: { name: "asked", by: fact?.by } });
  });

  test("killed after any of its entries resumes to the same state, at most once, in order", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 5 }), async (cuts) => {
        const store = memoryStore();
        const first = await hostFixture({ store });
        await withFact(first.host);
        let { host } = first;
        for (const [life, entries] of cuts.entries()) {
          if (kinds(host)?.length === all.length) break;
          const begun = kinds(host)?.length !== 0;
          const request = { subject, entries };
          must(
            begun
              ? await host.resumeMigration(operator, request)
              : await host.runMigration(operator, request),
          );
          ({ host } = await hostFixture({ store, random: seededRandom(life + 100) }));
          // A session that goes on meanwhile adds facts of the version that then stands.
          await withFact(host);
        }
        const begun = kinds(host)?.length !== 0;
        if (kinds(host)?.length !== all.length)
          must(
            begun
              ? await host.resumeMigration(operator, { subject })
              : await host.runMigration(operator, { subject }),
          );
        expect(kinds(host)).toEqual(all);
        expect(standing(host)).toMatchObject({ version: 3, run: { phase: "Done", error: null } });
      }),
      { numRuns: 8 },
    );
  });

  test("whose entry cannot be written has not happened, and goes on from there", async () => {
    const failing = failingStore(memoryStore());
    const { host } = await hostFixture({ store: failing.store });
    await withFact(host);
    must(await host.runMigration(operator, { subject, entries: 2 }));
    failing.fail({ kind: "full" });
    expect(refusal(await host.resumeMigration(operator, { subject }))).toBe("store-full");
    expect(kinds(host)).toEqual(all.slice(0, 2));
    failing.fail(undefined);
    must(await host.resumeMigration(operator, { subject }));
    expect(kinds(host)).toEqual(all);
  });

  test("that fails half way keeps what was recorded, and is resumed once it is mended", async () => {
    const { host } = await hostFixture({ testing: { failingMigrations: true } });
    const session = await withFact(host);
    const before = await factsOf(host, session);
    expect(must(await host.dryRunMigration({ subject }, "failing"))).toMatchObject({
      steps: [{ to: 2, changed: 1 }],
      error: { code: "PAR8703", migration: "session.edge 2 to 3" },
    });
    const failed = must(await host.runMigration(operator, { subject }, "failing"));
    expect(failed).toMatchObject({
      version: 2,
      run: {
        phase: "Failed",
        resumable: true,
        recorded: ["session.edge 1 to 2"],
        error: { variant: "ExecutionFailed" },
      },
    });
    const after = await factsOf(host, session);
    expect(after.map(({ id, payload }) => [id, payload])).toEqual(
      before.map(({ id, payload }) => [id, payload]),
    );
    const mended = must(await host.resumeMigration(operator, { subject }));
    expect(mended).toMatchObject({ version: 3, run: { phase: "Done" } });
    expect(mended.journal.filter(({ kind }) => kind === "executed")).toHaveLength(2);
  });

  test("a fact that cannot be read at the new version fails it before anything of that step, naming the fact", async () => {
    const { host } = await hostFixture();
    const session = await withFact(host);
    const payload = { fact: "asked", name: "other", session, edgeId: "e", role: "A", label: "M", seq: 7 };
    const [by] = must(await host.context(`ctx:${session}`)).members;
    must(
      await host.addFacts(operator, `ctx:${session}`, {
        replica: by?.authority ?? "",
        facts: [{ type: subject, payload }],
      }),
    );
    const failed = must(await host.runMigration(operator, { subject }));
    expect(failed).toMatchObject({ version: 2, run: { phase: "Failed", error: { code: "PAR8702" } } });
    expect(failed.run.error?.detail).toContain("has a name already");
  });

  test("is not begun while one is under way, without a path, for what has none, or as a demo nobody offers", async () => {
    const { host } = await hostFixture();
    await withFact(host);
    expect(host.migrations().demos).toEqual([]);
    const refusals = [
      await host.runMigration(operator, { subject, to: 9 }),
      await host.runMigration(operator, { subject: "context.note" }),
      await host.runMigration(operator, { subject }, "failing"),
      await host.resumeMigration(operator, { subject }),
    ];
    expect(refusals.map(refusal)).toEqual([
      "no-migration-path",
      "not-found",
      "not-found",
      "migration-not-needed",
    ]);
    const [first, second] = await Promise.all([
      host.runMigration(operator, { subject, entries: 1 }),
      host.runMigration(operator, { subject, entries: 1 }),
    ]);
    expect([refusal(first), refusal(second)].sort()).toEqual(["accepted", "migration-running"]);
    expect(refusal(await host.runMigration(operator, { subject }))).toBe("migration-running");
    expect(kinds(host)).toEqual(["planned"]);
  });
});
