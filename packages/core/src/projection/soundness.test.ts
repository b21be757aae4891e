import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Kernel } from "../kernel/node.ts";
import { tell } from "../kernel/tell.ts";
import { postOrder } from "../kernel/walk.ts";
import { arbitraryKernel, kernelRoles } from "../testing/arbitrary-kernel.ts";
import { runLocals } from "../testing/run-locals.ts";
import { projectAll } from "./project.ts";

const holdsTimeout = (kernel: Kernel): boolean => postOrder(kernel).some((node) => node.kind === "scope");

describe("a protocol that projects for every role", () => {
  it("never leaves a role waiting, a message unread, or unexpected, whatever is decided and whoever goes first", () => {
    let accepted = 0;
    let talking = 0;
    const seen = { timeouts: 0, decisions: 0, inLoops: 0 };
    fc.assert(
      fc.property(
        arbitraryKernel(),
        fc.array(fc.nat(1000), { minLength: 150, maxLength: 150 }),
        (kernel, picks) => {
          const body = tell(kernel, kernelRoles);
          const { locals, diagnostics } = projectAll({ name: "P", roles: kernelRoles, body });
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
      { numRuns: 3_000 },
    );
    // The property is empty unless enough protocols are accepted.
    expect(accepted).toBeGreaterThan(500);
    expect(talking).toBeGreaterThan(100);
    expect(Math.min(...Object.values(seen))).toBeGreaterThan(100);
  });
});
