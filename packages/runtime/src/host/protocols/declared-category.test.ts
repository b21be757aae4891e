import { expect, test } from "vitest";
import { hostFixture } from "../../testing/host-fixture.ts";
import { operator } from "../caller.ts";
import type { Result } from "../host-error.ts";

const must = <T>(result: Result<T>): T => {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
};

const source = "module hi exposing (Hi)\nprotocol Hi =\n  roles A, B\n  A -> B : Hi\n";
const seed = (page: string | null) => [{ id: "hi", name: "Hi", source, page, scenario: null }];

test("a page declares the category, and nobody picks another", async () => {
  const { host } = await hostFixture({ seed: seed("---\ncategory: C\n---\n# Hi\n") });
  const { category } = must(await host.protocol("hi"));
  expect(category).toEqual({ declared: "C", by: "page", findings: [] });
  const picked = await host.categoriseProtocol(operator, "hi", { category: "A" });
  expect(picked.ok ? "accepted" : picked.error.kind).toBe("bad-settings");
  expect(must(await host.protocol("hi")).category.declared).toBe("C");
});

test("an undeclared one is a finding until a category is picked, also after a restart", async () => {
  const { host, store } = await hostFixture();
  const { id, category } = must(await host.createProtocol(operator, { name: "Hi", source }));
  expect(category).toMatchObject({ declared: null, by: null, findings: [{ code: "PAR7660" }] });
  const { head } = { head: await host.lastCommit() };
  const picked = must(await host.categoriseProtocol(operator, id, { category: "B" }));
  expect(picked.category).toEqual({ declared: "B", by: "studio", findings: [] });
  // Picked again it is no entry of its own.
  must(await host.categoriseProtocol(operator, id, { category: "B" }));
  expect(await host.lastCommit()).toBe(head + 1);
  const again = await hostFixture({ store });
  expect(must(await again.host.protocol(id)).category.declared).toBe("B");
  const back = must(await again.host.categoriseProtocol(operator, id, { category: null }));
  expect(back.category.findings).toHaveLength(1);
});

test("a page that says what is no category is a finding, and a copy takes the category along", async () => {
  const { host } = await hostFixture({ seed: seed("---\ncategory: D\n---\n# Hi\n") });
  expect(must(await host.protocol("hi")).category).toMatchObject({
    declared: null,
    findings: [{ code: "PAR7661", text: expect.stringContaining("“D”") }],
  });
  must(await host.categoriseProtocol(operator, "hi", { category: "A" }));
  expect(must(await host.duplicateProtocol(operator, "hi")).category).toMatchObject({
    declared: "A",
    by: "studio",
  });
});
