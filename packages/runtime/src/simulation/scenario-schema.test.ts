import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readScenario, scenarioKeys } from "./read-scenario.ts";
import { scenarioSchema, schemaKeyAt, schemaKeysIn } from "./scenario-schema.ts";

/** The keys the reader says a table may have: it lists them when one is unknown. */
const readerKeys = (path: string, table: object = {}): readonly string[] => {
  const steps = path.split(".");
  const inner: unknown = { ...table, zzzzzzzz: 1 };
  const raw = steps.reduceRight((value: unknown, step) => {
    const list = step.endsWith("[]");
    const own = step === "effect" ? { action: { type: "federation" } } : {};
    return { ...own, [step.replace("[]", "")]: list ? [value] : value };
  }, inner);
  const read = readScenario(raw);
  if (read.ok) throw new Error("nothing was wrong");
  return read.errors
    .filter(({ kind, path: at }) => kind === "unknown-key" && at.endsWith("zzzzzzzz"))
    .flatMap(({ fix }) => fix.replace("Known are ", "").replace(/\.$/, "").split(", "));
};

const schemaKeys = (path: string): readonly string[] =>
  schemaKeysIn(path.replaceAll("[]", "")).map(({ key }) => key);

describe("the schema", () => {
  it("has the keys of a scenario", () => {
    expect([...scenarioSchema.map(({ key }) => key)].sort()).toEqual([...scenarioKeys].sort());
  });

  it.each([
    "network",
    "network.links[]",
    "execution",
    "theorem",
    "durability",
    "expect",
    "faults[]",
    "decide[]",
    "payload[]",
    "properties",
    "properties.never[]",
    "properties.liveness[]",
    "adversaries[]",
    "adversaries[].trigger",
    "adversaries[].trigger.on_event",
    "adversaries[].budget",
    "reconfigurations[]",
    "reconfigurations[].effect",
  ])("has the keys of %s the reader takes", (path) => {
    const table = path.endsWith("on_event") ? { kind: "sent" } : {};
    expect([...schemaKeys(path)].sort()).toEqual([...new Set(readerKeys(path, table))].sort());
  });

  it.each(["adversaries[].action", "reconfigurations[].action"])(
    "has the keys of every type of %s",
    (path) => {
      const types =
        schemaKeyAt(path.replaceAll("[]", ""))?.keys?.find(({ key }) => key === "type")?.words ?? [];
      expect(types.length).toBeGreaterThan(2);
      const all = types.flatMap((type) => readerKeys(path, { type }));
      expect([...schemaKeys(path)].sort()).toEqual([...new Set(all)].sort());
    },
  );

  it("takes every word the reader takes, and no other", () => {
    const words = (keys: typeof scenarioSchema, above: string): readonly (readonly [string, string])[] =>
      keys.flatMap((key) => [
        ...(key.words ?? []).map((word) => [`${above}${key.key}`, word] as const),
        ...words(key.keys ?? [], `${above}${key.key}${key.type === "tables" ? "[]" : ""}.`),
      ]);
    for (const [path, word] of words(scenarioSchema, "")) {
      const steps = path.split(".");
      const raw = steps.reduceRight((value: unknown, step, i) => {
        const list = step.endsWith("[]");
        const own = { [step.replace("[]", "")]: list ? [value] : value };
        return i === 0 ? { name: "a", ...own } : own;
      }, word as unknown);
      const read = readScenario(raw);
      const unknown = read.ok ? [] : read.errors.filter(({ kind }) => kind === "unknown-word");
      expect(unknown.map(({ reason }) => reason).filter((reason) => reason.includes(`"${word}"`))).toEqual(
        [],
      );
    }
  });

  it("says of every key what it means, in words of the page where that has them", () => {
    const page = readFileSync(new URL("../../../../docs/scenarios.md", import.meta.url), "utf8");
    const visit = (keys: typeof scenarioSchema): void => {
      for (const { key, doc, keys: inner, unsupported } of keys) {
        expect(doc.length).toBeGreaterThan(1);
        if (unsupported === undefined) expect(page).toContain(key);
        visit(inner ?? []);
      }
    };
    visit(scenarioSchema);
  });
});
