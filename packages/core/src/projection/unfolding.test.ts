import fc from "fast-check";
import { expect, it } from "vitest";
import type { Kernel } from "../kernel/node.ts";
import { tell } from "../kernel/tell.ts";
import { postOrder, rebuild, withChildren } from "../kernel/walk.ts";
import { arbitraryKernel, kernelRoles } from "../testing/arbitrary-kernel.ts";
import type { LocalType } from "./local-type.ts";
import { localChildren, unfoldLocal } from "./local-walk.ts";
import { projectAll } from "./project.ts";

/** What a type can do first, in a form that two of them can be compared by; the parts in the same order. */
const head = (type: LocalType): { readonly says: string; readonly parts: readonly LocalType[] } => {
  switch (type.kind) {
    case "mu":
      return head(unfoldLocal(type));
    case "send":
    case "recv": {
      const branches = [...type.branches].sort((a, b) =>
        `${a.label}${a.peer}` < `${b.label}${b.peer}` ? -1 : 1,
      );
      const says = [type.kind, ...branches.map((b) => `${b.label} ${b.peer} ${b.control}`)].join("|");
      return { says, parts: branches.map((b) => b.next) };
    }
    case "perform":
      return { says: JSON.stringify(type.deed), parts: [type.next] };
    case "decide":
      return { says: `decide ${type.branches.map((b) => b.outcome)}`, parts: localChildren(type) };
    case "scope":
      return { says: `${type.scope} ${type.exits.map((e) => e.outcome)}`, parts: localChildren(type) };
    case "par":
      return { says: `par ${type.arms.length}`, parts: localChildren(type) };
    case "var":
    case "end":
      return { says: type.kind, parts: [] };
  }
};

/** Both do the same, however their loops are written. */
const equivalent = (a: LocalType, b: LocalType, fuel: { left: number }): boolean => {
  if (a === b || fuel.left-- <= 0) return true;
  const x = head(a);
  const y = head(b);
  return (
    x.says === y.says && x.parts.every((part, i) => equivalent(part, y.parts[i] ?? { kind: "end" }, fuel))
  );
};

/** Every outermost loop opened once. */
const unfolded = (root: Kernel): Kernel => {
  if (root.kind !== "mu") return withChildren(root, unfolded);
  return rebuild(root.body, (node, of) => {
    if (node.kind === "var" && node.name === root.var) return root;
    // A loop inside that takes the name again is left as it is.
    return node.kind === "mu" && node.var === root.var ? node : withChildren(node, of);
  });
};

const loops = (kernel: Kernel): boolean => postOrder(kernel).some((node) => node.kind === "mu");

it("comes to the same whether a loop is opened before the projection or after", () => {
  let compared = 0;
  let refused = 0;
  fc.assert(
    fc.property(
      arbitraryKernel().filter((k) => loops(k)),
      (kernel) => {
        const body = tell(kernel, kernelRoles);
        const folded = projectAll({ name: "P", roles: kernelRoles, body });
        if (folded.diagnostics.length > 0) return;
        const opened = projectAll({ name: "P", roles: kernelRoles, body: unfolded(body) });
        if (opened.diagnostics.length > 0) refused++;
        for (const role of kernelRoles) {
          const before = folded.locals[role];
          const after = opened.locals[role];
          if (before === undefined || after === undefined) continue;
          compared++;
          expect(equivalent(before, after, { left: 2_000 })).toBe(true);
        }
      },
    ),
    { numRuns: 800 },
  );
  // Now and then a loop and the same loop opened meet in a merge, which no projection unites.
  expect(compared).toBeGreaterThan(500);
  expect(refused).toBeLessThan(compared / 100);
});
