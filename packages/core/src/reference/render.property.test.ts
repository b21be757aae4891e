import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Statement } from "../constructs/statement.ts";
import { decodeGlobal } from "../theory/global-type.ts";
import { freeVars } from "../theory/structure.ts";
import { renderReference } from "./render.ts";
import { again, choice, decide, file, rec, repeat, send } from "./source-fixtures.ts";

/** A shape of statements; labels of recs are numbered when it is built, so that none shadows another. */
type Shape =
  | { readonly kind: "send"; readonly back: boolean }
  | { readonly kind: "choice"; readonly left: readonly Shape[]; readonly right: readonly Shape[] }
  | { readonly kind: "rec"; readonly body: readonly Shape[]; readonly again: boolean }
  | { readonly kind: "decide"; readonly body: readonly Shape[] }
  | { readonly kind: "repeat"; readonly count: number; readonly body: readonly Shape[] };

const { shapes } = fc.letrec<{ shape: Shape; shapes: Shape[] }>((tie) => ({
  shapes: fc.array(tie("shape"), { maxLength: 3, depthIdentifier: "d" }),
  shape: fc.oneof(
    { depthIdentifier: "d", depthSize: "small", withCrossShrink: true },
    fc.record({ kind: fc.constant("send" as const), back: fc.boolean() }),
    fc.record({ kind: fc.constant("choice" as const), left: tie("shapes"), right: tie("shapes") }),
    fc.record({ kind: fc.constant("rec" as const), body: tie("shapes"), again: fc.boolean() }),
    fc.record({ kind: fc.constant("decide" as const), body: tie("shapes") }),
    fc.record({
      kind: fc.constant("repeat" as const),
      count: fc.integer({ min: 0, max: 2 }),
      body: tie("shapes"),
    }),
  ),
}));

/** One statement. Every message and label is new. */
const one = (shape: Shape, next: { n: number }): Statement => {
  const n = next.n;
  next.n += 1;
  switch (shape.kind) {
    case "send":
      return shape.back ? send("B", "A", `M${n}`) : send("A", "B", `M${n}`);
    case "choice":
      return choice("A", {
        [`X${n}`]: [send("A", "B", `X${n}`), ...build(shape.left, next)],
        [`Y${n}`]: [send("A", "B", `Y${n}`), ...build(shape.right, next)],
      });
    case "rec": {
      const body = build(shape.body, next);
      const round = choice("A", {
        [`S${n}`]: [send("A", "B", `S${n}`), ...body],
        [`T${n}`]: [send("A", "B", `T${n}`), ...(shape.again ? [again(`L${n}`)] : [])],
      });
      return rec(`L${n}`, [round]);
    }
    case "decide":
      return decide("A", [send("A", "B", `G${n}`), ...build(shape.body, next)]);
    case "repeat":
      return repeat(shape.count, build(shape.body, next));
  }
};

const build = (all: readonly Shape[], next: { n: number }): readonly Statement[] =>
  all.map((shape) => one(shape, next));

/** The same protocol without anything after a choice, a rec or a counted loop: the rest copied into every arm, the rounds written out. */
const writtenOut = (body: readonly Statement[]): readonly Statement[] => {
  const [first, ...rest] = body;
  if (first === undefined) return [];
  switch (first.kind) {
    case "choice":
      return [
        { ...first, arms: first.arms.map((arm) => ({ ...arm, body: writtenOut([...arm.body, ...rest]) })) },
      ];
    case "rec":
      return [{ ...first, body: writtenOut([...first.body, ...rest]) }];
    case "continue":
      return [first];
    case "loop": {
      if (first.control.kind !== "repeat" || typeof first.control.count !== "number") {
        return [{ ...first, body: writtenOut(first.body) }, ...writtenOut(rest)];
      }
      const rounds = Array.from({ length: first.control.count }, () => first.body).flat();
      return writtenOut([...rounds, ...rest]);
    }
    default:
      return [first, ...writtenOut(rest)];
  }
};

const render = (body: readonly Statement[]) => renderReference(file(body), [], "");

const bodies = shapes.map((all) => [
  send("A", "B", "Start"),
  ...build(all, { n: 0 }),
  send("B", "A", "Stop"),
]);

describe("the reference tree of a random protocol", () => {
  it("is that of the protocol with every continuation written out by hand", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const short = render(body);
        fc.pre(short.too_large === undefined && short.global !== undefined);
        expect(short.global).toEqual(render(writtenOut(body)).global);
      }),
      { numRuns: 300 },
    );
  });

  it("binds every variable", () => {
    fc.assert(
      fc.property(bodies, (body) => {
        const { global } = render(body);
        fc.pre(global !== undefined);
        expect(freeVars(decodeGlobal(global))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });
});
