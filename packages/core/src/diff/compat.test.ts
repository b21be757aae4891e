import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryProgram } from "../testing/arbitrary-program.ts";
import { readModules } from "../workspace/modules.ts";
import { compat } from "./compat.ts";
import type { CompatReport } from "./compatibility.ts";
import { referenceCompat } from "./reference-compat.ts";

const report = (old: string, now: string): CompatReport => {
  const found = compat(old, now);
  if (!found.ok) throw new Error(found.why);
  return found.report;
};

const PING = `module ping exposing (Ping)

protocol Ping =
  roles A, B
  A -> B : Ping
  B -> A : Pong
`;
const MENU = `protocol Menu =
  roles Guest, Cook
  choice Guest at
    | Soup =>
      Guest -> Cook : Soup
      Cook -> Guest : Dish
    | Leave =>
      Guest -> Cook : Leave
`;
const LONGER = MENU.replace(
  "    | Leave",
  "    | Cake =>\n      Guest -> Cook : Cake\n      Cook -> Guest : Dish\n    | Leave",
);

describe("an old peer among new ones", () => {
  it("goes on as before when only names around it differ", () => {
    const other = PING.replace("module ping exposing (Ping)", "module pong exposing (Pong)").replace(
      "protocol Ping",
      "protocol Pong",
    );
    expect(report(PING, other).verdict).toBe("compatible");
    expect(referenceCompat(PING, other)).toMatchObject({ ok: true, compatible: true });
  });
  it("breaks when its message has another name, with the run that shows it", () => {
    const other = PING.replace("B : Ping\n", "B : Ping2\n");
    const { verdict, roles } = report(PING, other);
    expect(verdict).toBe("breaking");
    expect(roles.map(({ role, oldAmongNew }) => [role, oldAmongNew.why])).toEqual([
      ["A", "B waits for Ping2 from A, but Ping arrives."],
      ["B", "B waits for Ping from A, but Ping2 arrives."],
    ]);
    expect(roles[1]?.oldAmongNew.run).toMatchObject({
      peer: "B",
      trace: [{ role: "A", kind: "send", label: "Ping2", edge: "0" }],
    });
    expect(referenceCompat(PING, other)).toMatchObject({ ok: true, compatible: false });
  });
  it("may decide less than the new version offers, and must know every offer", () => {
    const { verdict, roles } = report(MENU, LONGER);
    expect(verdict).toBe("breaking");
    expect(roles).toMatchObject([
      {
        role: "Guest",
        oldAmongNew: { verdict: "compatible", by: "subtyping" },
        newAmongOld: {
          verdict: "breaking",
          why: "Cook waits for Soup or Leave from Guest, but Cake arrives.",
        },
      },
      {
        role: "Cook",
        oldAmongNew: {
          verdict: "breaking",
          why: "Cook waits for Soup or Leave from Guest, but Cake arrives.",
        },
        newAmongOld: { verdict: "compatible" },
      },
    ]);
  });
  it("is judged by payloads, which the reference does not look at", () => {
    const typed = PING.replace("Pong\n", "Pong of Nat\n");
    expect(report(PING, typed).verdict).toBe("breaking");
    expect(referenceCompat(PING, typed)).toMatchObject({ ok: true, compatible: true });
  });
  it("understands a loop it has always had, where the reference gives up", () => {
    const loop = `protocol Loop =
  roles A, B
  loop decide by A
    A -> B : Item
    B -> A : Ok
`;
    expect(report(loop, loop.replace("protocol Loop", "protocol Lap")).verdict).toBe("compatible");
  });
  it("is asked for every size of a family", () => {
    const crew = `protocol Crew =
  roles Boss, Crew[N]
  Boss -> Crew[*] : Job
  Crew[*] -> Boss : Done
`;
    const other = crew.replace("Boss : Done", "Boss : Ready");
    expect(report(crew, other).roles).toMatchObject([
      { role: "Boss", oldAmongNew: { verdict: "breaking", run: { peer: "Boss", sizes: "N = 1" } } },
      { role: "Crew", oldAmongNew: { verdict: "breaking", run: { peer: "Crew[0]" } } },
    ]);
  });
  it("has roles that came or went reported, and breaks when it writes to one that went", () => {
    const three = `protocol P =
  roles A, B, C
  A -> B : M
  A -> C : N
`;
    const two = "protocol P =\n  roles A, B, D\n  A -> B : M\n  B -> D : O\n";
    expect(report(three, two)).toMatchObject({
      verdict: "breaking",
      added: ["D"],
      removed: ["C"],
      roles: [
        { role: "A", oldAmongNew: { why: "A sends N to C, who does not exist." } },
        { role: "B", oldAmongNew: { verdict: "breaking" } },
      ],
    });
  });
});

it("takes a protocol of thousands of messages", () => {
  const lines = Array.from({ length: 3_000 }, (_, i) =>
    i % 2 === 0 ? `  A -> B : M${i}` : `  B -> A : M${i}`,
  );
  const long = `protocol Long =\n  roles A, B\n${lines.join("\n")}\n`;
  expect(report(long, long).verdict).toBe("compatible");
  const { roles } = report(long, long.replace(": M2999\n", ": Last\n"));
  expect(roles[0]?.oldAmongNew).toMatchObject({
    verdict: "breaking",
    why: "A waits for M2999 from B, but Last arrives.",
  });
});

it("reads what a version imports", () => {
  const sea = "module sea exposing (Sail)\n\nprotocol Sail =\n  roles A, B\n  A -> B : Ahoy\n";
  const use = `module port exposing (Port)
import sea exposing (Sail)

protocol Port =
  roles A, B
  B -> A : Ready
  call Sail
`;
  const version = (other: string) => ({
    source: use,
    imports: { path: "port.tell", modules: readModules([{ path: "sea.tell", source: other }]) },
  });
  expect(compat(use, use)).toMatchObject({ ok: false });
  expect(compat(version(sea), version(sea))).toMatchObject({ ok: true, report: { verdict: "compatible" } });
  expect(compat(version(sea), version(sea.replace("Ahoy", "Hello")))).toMatchObject({
    ok: true,
    report: { verdict: "breaking" },
  });
});

it("says which version cannot be compared", () => {
  expect(compat("protocol P =\n  roles A, B\n  A -> X : M\n", PING)).toMatchObject({
    ok: false,
    side: "old",
    diagnostics: [{ severity: "error" }, {}],
  });
  expect(compat(PING, "")).toMatchObject({
    ok: false,
    side: "new",
    why: "the new version holds no protocol",
  });
});

describe("on random programs", () => {
  it("every version understands itself, both ways", () => {
    fc.assert(
      fc.property(
        arbitraryProgram({ families: true, timeouts: true, cases: true, deeds: true, effects: true }),
        (source) => {
          const { verdict, roles } = report(source, source);
          expect(verdict).toBe("compatible");
          expect(roles.every(({ newAmongOld }) => newAmongOld.verdict === "compatible")).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });
  it("a message with another name breaks its sender and its receiver, with a run for each", () => {
    fc.assert(
      fc.property(
        arbitraryProgram({ decorations: false, calls: false }),
        fc.nat({ max: 99 }),
        (source, pick) => {
          const lines = [...source.matchAll(/^ *(\w+) -> (\w+) : ((?:Hello)\d+)/gm)];
          const [, from = "", to = "", label = ""] = lines[pick % lines.length] ?? [];
          const { roles } = report(source, source.replaceAll(new RegExp(`\\b${label}\\b`, "g"), "Other"));
          for (const { role, oldAmongNew } of roles) {
            const concerned = role === from || role === to;
            expect([role, oldAmongNew.verdict]).toEqual([role, concerned ? "breaking" : "compatible"]);
            if (concerned) expect(oldAmongNew.run?.why).toMatch(/waits for|Nobody/);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
