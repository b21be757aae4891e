import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CommBranch, Kernel } from "../kernel/node.ts";
import { tell } from "../kernel/tell.ts";
import { postOrder, withChildren } from "../kernel/walk.ts";
import { runLocals } from "../testing/run-locals.ts";
import { projectAll } from "./project.ts";

const names = ["A", "B", "C", "D"];
const span = { start: 0, end: 0 };
const branch = (label: string, to: string, next: Kernel): CommBranch => ({
  label,
  to: { name: to },
  payload: { text: "", sort: "Unit" },
  annotations: [],
  edge: "0",
  span,
  next,
});

const roleAndOthers = fc.shuffledSubarray(names, { minLength: 4, maxLength: 4 });
const someNexts = (kernel: fc.Arbitrary<Kernel>) => fc.array(kernel, { minLength: 3, maxLength: 3 });

let serial = 0;
/** Every statement has a place of its own. */
const fresh = (): string => String(serial++);

/** The kernel with an end in place of every variable that is not bound inside. */
const closed = (kernel: Kernel, bound: readonly string[] = []): Kernel => {
  if (kernel.kind === "var") return bound.includes(kernel.name) ? kernel : { kind: "end" };
  const inner = kernel.kind === "mu" ? [...bound, kernel.var] : bound;
  return withChildren(kernel, (child) => closed(child, inner));
};

/** Random kernels with choices to several receivers, loops, hidden decisions, parallel arms, deeds, cases and timeouts. */
const kernels = fc.letrec<{ arm: Kernel; kernel: Kernel; deed: Kernel; case: Kernel; timeout: Kernel }>(
  (tie) => ({
    deed: fc.tuple(fc.constantFrom(...names), fc.constantFrom("x", "y"), tie("kernel")).map(
      ([role, event, next]): Kernel => ({
        kind: "local",
        role: { name: role },
        deed: { kind: "publish", event },
        edge: fresh(),
        span,
        next,
      }),
    ),
    case: fc.tuple(fc.constantFrom(...names), tie("kernel"), tie("kernel")).map(
      ([role, left, right]): Kernel => ({
        kind: "hidden",
        scope: fresh(),
        decider: { name: role },
        quiet: true,
        subject: "answer",
        branches: [
          { outcome: "Ok", next: left },
          { outcome: "Err", next: right },
        ],
        span,
      }),
    ),
    timeout: fc
      .tuple(fc.constantFrom(...names), tie("kernel"), tie("kernel"), tie("kernel"), fc.option(tie("kernel")))
      .map(
        ([role, body, done, late, cancelled]): Kernel => ({
          kind: "scope",
          scope: fresh(),
          owner: { name: role },
          millis: 5,
          body: closed(body),
          exits: [
            { outcome: "done", next: done },
            { outcome: "timeout", next: late },
            ...(cancelled === null ? [] : [{ outcome: "cancel" as const, next: cancelled }]),
          ],
          span,
        }),
      ),
    arm: fc.oneof(
      { maxDepth: 2, depthSize: "small" },
      fc.constant<Kernel>({ kind: "end" }),
      fc.tuple(roleAndOthers, fc.constantFrom("a", "b"), tie("arm")).map(
        ([[from, to], label, next]): Kernel => ({
          kind: "comm",
          from: { name: from! },
          branches: [branch(label, to!, next)],
          span,
        }),
      ),
    ),
    kernel: fc.oneof(
      { maxDepth: 6, depthSize: "large" },
      fc.constant<Kernel>({ kind: "end" }),
      fc.constantFrom<Kernel>({ kind: "var", name: "x", span }, { kind: "var", name: "y", span }),
      fc
        .tuple(roleAndOthers, fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }), someNexts(tie("kernel")))
        .map(
          ([[from, ...others], targets, nexts]): Kernel => ({
            kind: "comm",
            from: { name: from! },
            branches: targets.map((t, i) => branch(["a", "b", "c"][i]!, others[t]!, nexts[i]!)),
            span,
          }),
        ),
      fc
        .tuple(fc.constantFrom("x", "y"), tie("kernel"))
        .map(([name, body]): Kernel => ({ kind: "mu", var: name, body, span })),
      fc.tuple(fc.constantFrom("x", "y"), roleAndOthers, tie("kernel"), tie("kernel")).map(
        ([name, [from, to], again, done]): Kernel => ({
          kind: "mu",
          var: name,
          body: {
            kind: "hidden",
            scope: `$${name}`,
            decider: { name: from! },
            branches: [
              {
                outcome: "again",
                next: { kind: "comm", from: { name: from! }, branches: [branch("m", to!, again)], span },
              },
              { outcome: "done", next: done },
            ],
            span,
          },
          span,
        }),
      ),
      fc
        .tuple(tie("arm"), tie("arm"), tie("kernel"))
        .map(([a, b, next]): Kernel => ({ kind: "par", arms: [a, b], next, span })),
      tie("deed"),
      tie("case"),
      tie("timeout"),
      tie("timeout"),
    ),
  }),
).kernel;

/** Every variable is bound and under a message. */
const proper = (kernel: Kernel, open: readonly string[], bare: readonly string[]): boolean => {
  switch (kernel.kind) {
    case "end":
      return true;
    case "var":
      return open.includes(kernel.name) && !bare.includes(kernel.name);
    case "mu":
      return proper(kernel.body, [...open, kernel.var], [...bare, kernel.var]);
    case "comm":
      return kernel.branches.every((b) => proper(b.next, open, []));
    case "hidden":
      return kernel.branches.every((b) => proper(b.next, open, bare));
    case "par":
      return kernel.arms.every((arm) => proper(arm, [], [])) && proper(kernel.next, open, bare);
    case "local":
      return proper(kernel.next, open, bare);
    case "scope": {
      const speaks = postOrder(kernel.body).some((node) => node.kind === "comm");
      return (
        proper(kernel.body, [], []) &&
        kernel.exits.every((exit) => proper(exit.next, open, speaks ? [] : bare))
      );
    }
    case "repeat":
      return false;
  }
};

const holdsTimeout = (kernel: Kernel): boolean => postOrder(kernel).some((node) => node.kind === "scope");

describe("a protocol that projects for every role", () => {
  it("never leaves a role waiting, a message unread, or unexpected, whatever is decided and whoever goes first", () => {
    let accepted = 0;
    let talking = 0;
    const seen = { timeouts: 0, decisions: 0, inLoops: 0 };
    fc.assert(
      fc.property(
        kernels.filter((k) => proper(k, [], [])),
        fc.array(fc.nat(1000), { minLength: 150, maxLength: 150 }),
        (kernel, picks) => {
          const body = tell(kernel, names);
          const { locals, diagnostics } = projectAll({ name: "P", roles: names, body });
          if (diagnostics.length > 0) return;
          accepted++;
          if (Object.values(locals).filter((l) => l.kind !== "end").length > 2) talking++;
          const nodes = postOrder(body);
          if (nodes.some((n) => n.kind === "scope" && (n.told?.length ?? 0) > 0)) seen.timeouts++;
          if (nodes.some((n) => n.kind === "hidden")) seen.decisions++;
          if (nodes.some((n) => n.kind === "mu" && holdsTimeout(n.body))) seen.inLoops++;
          expect(runLocals(locals, picks)).toBeUndefined();
        },
      ),
      { numRuns: 4_000 },
    );
    // The property is empty unless enough protocols are accepted.
    expect(accepted).toBeGreaterThan(500);
    expect(talking).toBeGreaterThan(100);
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
  });
});
