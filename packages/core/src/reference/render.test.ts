import { describe, expect, it } from "vitest";
import type { RoleParam } from "../constructs/roles/node.ts";
import type { Statement } from "../constructs/statement.ts";
import { renderReference } from "./render.ts";
import {
  again,
  call,
  choice,
  decide,
  file,
  name,
  type Parts,
  par,
  rec,
  ref,
  repeat,
  send,
  span,
} from "./source-fixtures.ts";

const render = (body: readonly Statement[], parts?: Parts) => renderReference(file(body, parts), [], "");

describe("nothing is dropped", () => {
  it("continues after a choice at the end of every arm", () => {
    const arms = { X: [send("A", "B", "X")], Y: [send("A", "B", "Y")] };
    const after = render([choice("A", arms), send("B", "A", "Bye")]);
    const inside = render([
      choice("A", { X: [...arms.X, send("B", "A", "Bye")], Y: [...arms.Y, send("B", "A", "Bye")] }),
    ]);
    expect(after.global).toEqual(inside.global);
    expect(after.locals).toEqual(inside.locals);
    expect(after.explain).toEqual(inside.explain);
  });

  it("continues after the last round of a counted loop", () => {
    const looped = render([repeat(2, [send("A", "B", "M")]), send("B", "A", "Done")]);
    const flat = render([send("A", "B", "M"), send("A", "B", "M"), send("B", "A", "Done")]);
    expect(looped.global).toEqual(flat.global);
    expect(looped.locals).toEqual(flat.locals);
    expect(looped.explain).toContain("    - send B -> A : Done");
  });

  it("continues after the join of a par in every local type", () => {
    const joined = render([par([send("A", "B", "L")], [send("A", "C", "R")]), send("B", "A", "Away")], {
      roles: ["A", "B", "C"],
    });
    expect(JSON.stringify(joined.dsl_locals?.B)).toBe(
      '{"Receive":{"from":"A","message":"L","then":{"Send":{"to":"A","message":"Away","then":"End"}}}}',
    );
    expect(joined.global_error).toEqual({ kind: "UnsupportedFeature", feature: "Parallel" });
  });

  it("returns to the loop from every arm its body ends in", () => {
    const body = [send("A", "B", "Go"), choice("B", { X: [send("B", "A", "X")], Y: [send("B", "A", "Y")] })];
    const explained = render([decide("A", body)]).explain ?? [];
    expect(explained.filter((line) => line.trim() === "- continue RoleDecidesLoop")).toHaveLength(2);
  });
});

describe("labels never capture one another", () => {
  it("numbers the inner of two deciding loops", () => {
    const { global } = render([
      decide("A", [send("A", "B", "Topic"), decide("B", [send("B", "A", "Detail")])]),
    ]);
    const text = JSON.stringify(global);
    expect(global).toMatchObject({ Mu: { var: "RoleDecidesLoop" } });
    expect(text).toContain('[{"name":"Done","sort":"Unit"},{"Var":"RoleDecidesLoop"}]');
    expect(text).toContain('[{"name":"Detail","sort":"Unit"},{"Var":"RoleDecidesLoop2"}]');
  });

  it("renames a rec whose own label is meant by what follows it", () => {
    const inner = rec("L", [
      choice("A", { More: [send("A", "B", "More"), again("L")], End: [send("A", "B", "End")] }),
    ]);
    const { global } = render([rec("L", [inner, again("L")])]);
    const text = JSON.stringify(global);
    expect(text).toContain('[{"name":"More","sort":"Unit"},{"Var":"L2"}]');
    expect(text).toContain('[{"name":"End","sort":"Unit"},{"Var":"L"}]');
  });
});

describe("a rendering never runs away", () => {
  const two = (n: number) =>
    choice("A", { [`X${n}`]: [send("A", "B", `X${n}`)], [`Y${n}`]: [send("A", "B", `Y${n}`)] });
  const many = (count: number) => Array.from({ length: count }, (_, n) => n);

  it("refuses a tree that would be exponential written out", () => {
    expect(render(many(60).map(two))).toMatchObject({ parse: { ok: true }, too_large: true });
  });

  it("refuses a tree too deep to nest", () => {
    expect(render(many(20_000).map((n) => send("A", "B", `M${n}`))).too_large).toBe(true);
  });

  it("refuses what would be written out for too many roles", () => {
    const roles = many(5_000).map((n) => `R${n}`);
    const hello: Statement = {
      kind: "broadcast",
      from: ref("R0"),
      message: { kind: "message", name: name("M"), span },
      span,
    };
    expect(render([hello], { roles }).too_large).toBe(true);
    expect(render([hello], { roles: roles.slice(0, 500) }).compile).toEqual({ ok: true });
  });

  it("renders the deepest tree it allows", () => {
    expect(JSON.stringify(render(many(1_000).map((n) => send("A", "B", `M${n}`)))).length).toBeGreaterThan(
      1_000,
    );
  });

  it("says so when a counted loop is too long to lay out", () => {
    const rendering = render([repeat(1_000_000_000, [send("A", "B", "M")])]);
    expect(rendering.global_error).toEqual({ kind: "TooLarge" });
    expect(rendering.locals_error).toEqual({ kind: "TooLarge" });
    expect(rendering.explain).toContain("  - loop");
  });

  it("stops at calls that double", () => {
    const locals = Object.fromEntries(
      many(40).map((n) => [
        `P${n}`,
        n === 39 ? [send("A", "B", "M")] : [call(`P${n + 1}`), call(`P${n + 1}`)],
      ]),
    );
    expect(render([call("P0")], { locals }).too_large).toBe(true);
  });

  it("does not follow a call to itself", () => {
    const locals = { Again: [send("A", "B", "M"), choice("A", { X: [send("A", "B", "X"), call("Again")] })] };
    expect(render([call("Again")], { locals }).explain).toContain("        - send A -> B : X");
  });
});

describe("a rendering fails as the reference does", () => {
  it("names the first role that takes no part", () => {
    const { compile, dsl_locals, analysis } = render([send("A", "B", "M")], { roles: ["A", "B", "C"] });
    expect(compile).toMatchObject({ ok: false, kind: "Validation", error: "UnusedRole" });
    expect(dsl_locals).toBeUndefined();
    expect(analysis?.warnings).toEqual(["UnusedRole(C)"]);
  });

  it("wants every arm to begin with a message of the decider", () => {
    const { compile } = render([choice("A", { X: [send("A", "B", "X")], Y: [send("B", "A", "Y")] })]);
    expect(compile).toMatchObject({ kind: "Validation", error: "InvalidChoice" });
  });

  it("cannot project an unbound family that is broadcast to, but still has the global error", () => {
    const body: Statement = {
      kind: "broadcast",
      from: ref("A"),
      message: { kind: "message", name: name("M"), span },
      span,
    };
    const symbolic: RoleParam = { kind: "symbolic", name: "N", span };
    const rendering = render([body], { roles: ["A", ["W", symbolic]] });
    expect(rendering.compile).toMatchObject({ kind: "Projection", role: "W", error: "UnboundSymbolic" });
    expect(rendering.dsl_locals).toMatchObject({
      A: { Send: { to: "W[N]" } },
      "W[N]": { error: { kind: "UnboundSymbolic" } },
    });
    expect(rendering.global_error).toEqual({ kind: "UnsupportedFeature", feature: "Broadcast" });
    expect(rendering.locals).toBeUndefined();
  });

  it("refuses to merge sends that differ", () => {
    const arms = {
      X: [send("A", "B", "X"), send("C", "B", "Mop")],
      Y: [send("A", "B", "Y"), send("C", "B", "Sweep")],
    };
    const { compile } = render([choice("A", arms)], { roles: ["A", "B", "C"] });
    expect(compile).toMatchObject({ role: "C", error: "MergeFailure" });
  });

  it("wants one receiver per choice for a global type", () => {
    const arms = { X: [send("A", "B", "X")], Y: [send("A", "C", "Y")] };
    const { global_error } = render([choice("A", arms)], { roles: ["A", "B", "C"] });
    expect(global_error).toEqual({ kind: "InconsistentReceivers", expected: "B", actual: "C", label: "Y" });
  });
});

describe("annotations", () => {
  const values = (record: Record<string, string>) =>
    (render([send("A", "B", "M", record)]).annotations ?? [])
      .filter((found) => found.scope === "sender")
      .map((found) => `${found.key}=${found.value}`);

  it("prints typed values in one form and leaves the others as written", () => {
    expect(values({ priority: "03", retry: "99999999999", runtime_timeout: "60s" })).toEqual([
      "priority=3",
      "retry=99999999999",
      "runtime_timeout=1m",
    ]);
    expect(values({ parallel: "", ordered: "yes", trace: "", runtime_timeout: "soon" })).toEqual([
      "parallel=true",
      "ordered=yes",
      "trace=true",
      "runtime_timeout=soon",
    ]);
  });

  it("puts a timed choice first, with five seconds unless told", () => {
    expect(values({ k: "1", timed_choice: "true" })).toEqual(["timed_choice=true", "timeout_ms=5000", "k=1"]);
    expect(values({ k: "1", timeout_ms: "250" })).toEqual(["timed_choice=true", "timeout_ms=250", "k=1"]);
    expect(values({ timeout_ms: "soon", k: "1" })).toEqual(["k=1"]);
  });

  it("lists the record of a statement before that of its sender", () => {
    const scopes = (render([send("A", "B", "M", { retry: "2" })]).annotations ?? []).map(
      (found) => found.scope,
    );
    expect(scopes).toEqual(["statement", "sender"]);
  });
});
