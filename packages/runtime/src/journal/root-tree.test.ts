import { hashText } from "@parley/wire";
import { assert, integer, property, record, shuffledSubarray, uniqueArray } from "fast-check";
import { expect, test } from "vitest";
import { zeroHash } from "./byte-order.ts";
import {
  emptyTree,
  entriesOf,
  holds,
  insert,
  lookUp,
  type RootTree,
  root,
  treeOf,
  treeSize,
} from "./root-tree.ts";
import { difference, union } from "./tree-difference.ts";

const numbers = uniqueArray(integer({ min: 0, max: 5000 }), { maxLength: 300 });
const id = (n: number) => hashText(`n${n}`);
const grow = (ns: readonly number[]): RootTree<number> =>
  ns.reduce((tree, n) => insert(tree, id(n), n), emptyTree<number>());
const shuffled = numbers.chain((ns) =>
  record({
    ns: shuffledSubarray(ns, { minLength: ns.length }),
    other: shuffledSubarray(ns, { minLength: ns.length }),
  }),
);

test("equal sets have one root, whatever the order they came in or how they were built", () => {
  assert(
    property(shuffled, ({ ns, other }) => {
      const expected = root(grow(ns));
      expect(root(grow(other))).toBe(expected);
      expect(root(treeOf(ns.map((n) => [id(n), n])))).toBe(expected);
    }),
  );
});

test("different sets have different roots; nothing has 32 zero bytes", () => {
  assert(
    property(numbers, integer({ min: 6000, max: 7000 }), (ns, extra) => {
      expect(root(grow([...ns, extra]))).not.toBe(root(grow(ns)));
    }),
  );
  expect(root(emptyTree())).toBe(zeroHash);
});

test("a tree holds what was added and nothing else, with the first value of each id", () => {
  assert(
    property(numbers, (ns) => {
      const tree = ns.reduce((grown, n) => insert(grown, id(n), -1), grow(ns));
      expect(treeSize(tree)).toBe(ns.length);
      expect([...entriesOf(tree.node)].map(([key]) => key)).toEqual(ns.map(id).sort());
      for (const n of ns) expect(lookUp(tree, id(n))).toBe(n);
      expect(holds(tree, id(9000))).toBe(false);
      expect(lookUp(tree, id(9000))).toBeUndefined();
    }),
  );
});

test("adding leaves the tree it grew from as it was, and adding again changes nothing", () => {
  const small = grow([1, 2, 3]);
  const before = root(small);
  const grown = insert(small, id(4), 4);
  expect(root(small)).toBe(before);
  expect(insert(grown, id(4), 9)).toBe(grown);
});

test("what is no id is refused", () => {
  for (const text of ["", "ab", id(1).toUpperCase(), `${id(1)}0`])
    expect(() => insert(emptyTree(), text, 1)).toThrow(RangeError);
});

test("the difference is exactly the ids that one side lacks, and the union holds both", () => {
  assert(
    property(numbers, numbers, (left, right) => {
      const [a, b] = [grow(left), grow(right)];
      const result = difference(a, b);
      expect(result.onlyA).toEqual(
        left
          .filter((n) => !right.includes(n))
          .map(id)
          .sort(),
      );
      expect(result.onlyB).toEqual(
        right
          .filter((n) => !left.includes(n))
          .map(id)
          .sort(),
      );
      expect(root(union(a, b))).toBe(root(grow([...new Set([...left, ...right])])));
    }),
  );
});

test("roots of known sets are pinned", () => {
  const upTo = (n: number) => root(grow(Array.from({ length: n }, (_, k) => k)));
  expect([upTo(1), upTo(33), upTo(2000)]).toMatchInlineSnapshot(`
    [
      "d9b73e3d0c0a5b786dade39e498abfe4a4165bdec70874642244bfadbcf036f3",
      "b5b72d963c24f4ff0bbd7ba88e05a2fa951a8cf4a65bd831ad64f3ca51046609",
      "868a7470adfa2ee093a7cc7dc3033c65fb2f4912bb8c35e5384a5ce3901b9406",
    ]
  `);
});
