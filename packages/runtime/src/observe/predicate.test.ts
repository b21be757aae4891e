import { analyse } from "@parley/core";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileImage } from "../machine/code/image.ts";
import { commit } from "../machine/commit.ts";
import { plan } from "../machine/plan.ts";
import { opened } from "../testing/driven-run.ts";
import { pingSource } from "../testing/sample-sources.ts";
import { evaluate } from "./evaluate.ts";
import { countEvents, noCounts, type Observation } from "./observation.ts";
import { parsePredicate } from "./predicate.ts";

const ping = (rounds: number): Observation => {
  const locals = analyse(pingSource).samples?.at(-1)?.locals ?? {};
  const machine = opened(compileImage({ version: "", locals: new Map(Object.entries(locals)) }));
  let counts = noCounts;
  for (let i = 0; i < rounds; i += 1) {
    counts = countEvents(counts, commit(machine, plan(machine), { guard: { allow: true } }).events);
  }
  return { machine, counts };
};

const ask = (text: string, seen: Observation) => {
  const parsed = parsePredicate(text);
  if (!parsed.ok) return parsed.error;
  const found = evaluate(parsed.predicate, seen);
  return found.ok ? found.value : found.error;
};

describe("predicates", () => {
  it("see counts, frames in flight, roles and the session", () => {
    const start = ping(0);
    expect(ask('sent(Ping) == 0 && status == "active" && tick == 0', start)).toBe(true);
    const sent = ping(1);
    expect(ask("sent(Ping)", sent)).toBe(1);
    expect(ask("inFlight(A, B) + 0", sent)).toMatchObject({ kind: "bad-predicate", at: 15 });
    expect(ask("inFlight(A, B)", sent)).toBe(1);
    expect(ask("B.inbox >= 1 && !A.done", sent)).toBe(true);
    const end = ping(20);
    expect(ask('A.done && B.done && inFlight() == 0 && status == "completed"', end)).toBe(true);
    expect(ask("stuck", end)).toBe(false);
  });

  it("bind `!` tighter than comparison's neighbours, `&&` tighter than `||`", () => {
    const seen = ping(0);
    expect(ask("true || false && false", seen)).toBe(true);
    expect(ask("(true || false) && false", seen)).toBe(false);
    expect(ask("!false && 1 < 2", seen)).toBe(true);
    expect(ask("! 2 < 1", seen)).toBe(true);
  });

  it("say what there is when a role or a fact is unknown", () => {
    expect(ask("Z.done", ping(0))).toMatchObject({ kind: "unknown-fact", name: "Z", known: ["A", "B"] });
    expect(ask("sends(Ping)", ping(0))).toMatchObject({ kind: "unknown-fact", name: "sends" });
    expect(ask("A.mood", ping(0))).toMatchObject({ kind: "unknown-fact", name: "mood" });
  });

  it("are refused with a place and what was expected, whatever the text", () => {
    expect(ask("sent(", ping(0))).toMatchObject({ code: "PAR8001", at: 5, found: "the end" });
    expect(ask("", ping(0))).toMatchObject({ code: "PAR8001", at: 0 });
    expect(ask("1 2", ping(0))).toMatchObject({ at: 2, expected: "the end" });
    expect(ask(`${"(".repeat(5_000)}1`, ping(0))).toMatchObject({ code: "PAR8001" });
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const parsed = parsePredicate(text);
        if (!parsed.ok) expect(parsed.error.at).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
