import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CommBranch, Kernel } from "../kernel/node.ts";
import { tell } from "../kernel/tell.ts";
import type { LocalType } from "./local-type.ts";
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

/** Random kernels with choices to several receivers, loops, hidden decisions and parallel arms. */
const kernels = fc.letrec<{ arm: Kernel; kernel: Kernel }>((tie) => ({
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
  ),
})).kernel;

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
    case "repeat":
      return false;
  }
};

const unfold = (type: LocalType, name: string, by: LocalType): LocalType => {
  switch (type.kind) {
    case "end":
      return type;
    case "var":
      return type.name === name ? by : type;
    case "mu":
      return type.var === name ? type : { ...type, body: unfold(type.body, name, by) };
    case "par":
      return { ...type, next: unfold(type.next, name, by) };
    case "send":
    case "recv":
      return { ...type, branches: type.branches.map((b) => ({ ...b, next: unfold(b.next, name, by) })) };
  }
};

/** Opens loops and closes finished joins. */
const ready = (type: LocalType): LocalType => {
  if (type.kind === "mu") return ready(unfold(type.body, type.var, type));
  if (type.kind !== "par") return type;
  const arms = type.arms.map(ready);
  return arms.every((arm) => arm.kind === "end") ? ready(type.next) : { ...type, arms };
};

type Queues = Map<string, string[]>;
interface Move {
  readonly to: LocalType;
  readonly act: () => void;
}

/** What a role can do now; throws when the next message is one it does not expect. */
const moves = (role: string, type: LocalType, queues: Queues): Move[] => {
  switch (type.kind) {
    case "end":
    case "var":
    case "mu":
      return [];
    case "par":
      return type.arms.flatMap((arm, i) =>
        moves(role, arm, queues).map(({ to, act }) => ({
          to: { ...type, arms: type.arms.map((other, k) => (k === i ? to : other)) },
          act,
        })),
      );
    case "send":
      return type.branches.map((b) => ({
        to: b.next,
        act: () => {
          const key = `${role}>${b.peer}`;
          queues.set(key, [...(queues.get(key) ?? []), b.label]);
        },
      }));
    case "recv": {
      const key = `${type.from}>${role}`;
      const [head, ...rest] = queues.get(key) ?? [];
      if (head === undefined) return [];
      const taken = type.branches.find((b) => b.label === head);
      if (taken === undefined) throw new Error(`${role} does not expect ${head} from ${type.from}`);
      return [{ to: taken.next, act: () => queues.set(key, rest) }];
    }
  }
};

/** Runs all roles with the given picks; says why when nobody can move and not everybody is done. */
const run = (locals: Readonly<Record<string, LocalType>>, picks: readonly number[]): string | undefined => {
  const states = new Map(Object.entries(locals));
  const queues: Queues = new Map();
  for (const pick of picks) {
    const all = [...states].flatMap(([role, type]) =>
      moves(role, ready(type), queues).map((move) => ({ role, move })),
    );
    if (all.length === 0) {
      const waiting = [...states].filter(([, type]) => ready(type).kind !== "end").map(([role]) => role);
      const lost = [...queues].filter(([, queue]) => queue.length > 0).map(([edge]) => edge);
      return waiting.length + lost.length === 0 ? undefined : `waiting: ${waiting}; unread: ${lost}`;
    }
    const { role, move } = all[pick % all.length]!;
    move.act();
    states.set(role, move.to);
  }
  return undefined;
};

describe("a protocol that projects for every role", () => {
  it("never leaves a role waiting, a message unread, or unexpected, whatever is decided and whoever goes first", () => {
    let accepted = 0;
    let talking = 0;
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
          expect(run(locals, picks)).toBeUndefined();
        },
      ),
      { numRuns: 4_000 },
    );
    // The property is empty unless enough protocols are accepted.
    expect(accepted).toBeGreaterThan(500);
    expect(talking).toBeGreaterThan(100);
  });
});
