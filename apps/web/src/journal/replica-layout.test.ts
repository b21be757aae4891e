import { expect, test } from "vitest";
import { replicaLayout, rootLetters } from "./replica-layout.ts";

const member = (authority: string, root: string, group: number) => ({
  authority,
  root: root.repeat(64),
  facts: 0,
  lacks: 0,
  group,
});

test("equal roots have one letter, the most frequent the first", () => {
  const letters = rootLetters([member("a", "1", 0), member("b", "2", 0), member("c", "2", 1)]);
  expect([...letters.values()]).toEqual(["A", "B"]);
  expect(letters.get("2".repeat(64))).toBe("A");
});

test("only replicas of one group are linked, each pair once", () => {
  const { links, groups } = replicaLayout({
    members: [member("a", "1", 0), member("b", "1", 0), member("c", "1", 1), member("d", "1", 0)],
  });
  const names = links.map(([one, other]) => `${one.member.authority}${other.member.authority}`);
  expect(names).toEqual(["ab", "ad", "bd"]);
  expect(groups).toHaveLength(2);
});

test("no two replicas stand in one place, nor do groups overlap", () => {
  const { nodes, groups, width } = replicaLayout({
    members: [member("a", "1", 1), member("b", "1", 0), member("c", "1", 2)],
  });
  expect(new Set(nodes.map(({ x, y }) => `${x} ${y}`)).size).toBe(3);
  const ends = groups.map(({ x, width: wide }) => x + wide);
  expect(groups.slice(1).every(({ x }, at) => x > (ends[at] ?? 0))).toBe(true);
  expect(ends.at(-1)).toBe(width);
});
