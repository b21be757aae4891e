import fc from "fast-check";
import type { CommBranch, Kernel } from "../kernel/node.ts";
import { postOrder, rebuild, withChildren } from "../kernel/walk.ts";

/** The roles of random kernels. */
export const kernelRoles: readonly string[] = ["A", "B", "C", "D"];
const LABELS = ["a", "b", "c"];
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

const roleAndOthers = fc.shuffledSubarray([...kernelRoles], { minLength: 4, maxLength: 4 });
const someNexts = (kernel: fc.Arbitrary<Kernel>) => fc.array(kernel, { minLength: 3, maxLength: 3 });

/** Every statement has a place of its own. */
const numbered = (root: Kernel): Kernel => {
  let serial = 0;
  return rebuild(root, (node, of) => {
    const made = withChildren(node, of);
    if (made.kind === "local") return { ...made, edge: String(serial++) };
    if (made.kind === "scope" || (made.kind === "hidden" && made.quiet === true)) {
      return { ...made, scope: String(serial++) };
    }
    return made;
  });
};

/** The kernel with an end in place of every variable that is not bound inside. */
const closed = (kernel: Kernel, bound: readonly string[] = []): Kernel => {
  if (kernel.kind === "var") return bound.includes(kernel.name) ? kernel : { kind: "end" };
  const inner = kernel.kind === "mu" ? [...bound, kernel.var] : bound;
  return withChildren(kernel, (child) => closed(child, inner));
};

const kernels = fc.letrec<{ arm: Kernel; kernel: Kernel; deed: Kernel; case: Kernel; timeout: Kernel }>(
  (tie) => ({
    deed: fc.tuple(fc.constantFrom(...kernelRoles), fc.constantFrom("x", "y"), tie("kernel")).map(
      ([role, event, next]): Kernel => ({
        kind: "local",
        role: { name: role },
        deed: { kind: "publish", event },
        edge: "",
        span,
        next,
      }),
    ),
    case: fc.tuple(fc.constantFrom(...kernelRoles), tie("kernel"), tie("kernel")).map(
      ([role, left, right]): Kernel => ({
        kind: "hidden",
        scope: "",
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
      .tuple(
        fc.constantFrom(...kernelRoles),
        tie("kernel"),
        tie("kernel"),
        tie("kernel"),
        fc.option(tie("kernel")),
      )
      .map(
        ([role, body, done, late, cancelled]): Kernel => ({
          kind: "scope",
          scope: "",
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
          from: { name: from as string },
          branches: [branch(label, to as string, next)],
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
            from: { name: from as string },
            branches: targets.map((t, i) =>
              branch(LABELS[i] ?? "z", others[t] ?? "A", nexts[i] ?? { kind: "end" }),
            ),
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
            decider: { name: from as string },
            branches: [
              {
                outcome: "again",
                next: {
                  kind: "comm",
                  from: { name: from as string },
                  branches: [branch("m", to as string, again)],
                  span,
                },
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

/**
 * Random kernels over `kernelRoles`: choices to several receivers, loops,
 * hidden decisions, parallel arms, deeds, cases and timeouts; every variable is
 * bound and guarded. Many of them cannot be projected.
 */
export const arbitraryKernel = (): fc.Arbitrary<Kernel> =>
  kernels.filter((kernel) => proper(kernel, [], [])).map(numbered);
