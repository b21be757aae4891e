import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readPage } from "./page-metadata.ts";

const page = (front: string): string => `---\n${front}\n---\n\n# Title\n\nText with\n---\nin it.\n`;

test.each(["A", "B", "C"])("a page declares the category %s, and its text begins after it", (category) => {
  expect(readPage(page(`category: ${category}`))).toEqual({
    category,
    body: "# Title\n\nText with\n---\nin it.\n",
    findings: [],
  });
});

test("a page without front matter, or without the key, declares nothing", () => {
  expect(readPage("# Title\n\ncategory: A\n")).toEqual({
    body: "# Title\n\ncategory: A\n",
    findings: [{ code: "PAR7660", kind: "category-undeclared" }],
  });
  expect(readPage(page("title: x")).findings).toEqual([{ code: "PAR7660", kind: "category-undeclared" }]);
});

test.each(["D", "a", "A, B", "", "A B"])("%j is no category", (value) => {
  const read = readPage(page(`category: ${value}`));
  expect(read.findings).toEqual([{ code: "PAR7661", kind: "category-unknown", value }]);
  expect(read.category).toBeUndefined();
});

test("a category declared twice is said, and the first counts", () => {
  expect(readPage(page("category: A\nowner: x\ncategory: C"))).toMatchObject({
    category: "A",
    findings: [{ code: "PAR7662", line: 4 }],
  });
});

test("front matter that never ends is the page's text, with nothing declared", () => {
  expect(readPage("---\ncategory: A\n")).toEqual({
    body: "---\ncategory: A\n",
    findings: [
      { code: "PAR7663", kind: "front-matter-open" },
      { code: "PAR7660", kind: "category-undeclared" },
    ],
  });
});

test("lines may end as on Windows", () => {
  expect(readPage("---\r\ncategory: B\r\n---\r\n# T\r\n")).toMatchObject({ category: "B", findings: [] });
});

test("every shipped protocol declares its category", () => {
  const root = join(import.meta.dirname, "../../../../../protocols");
  const pages = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith("page.md") && !file.includes("node_modules"),
  );
  expect(pages.length).toBeGreaterThan(9);
  for (const file of pages)
    expect([file, readPage(readFileSync(join(root, file), "utf8")).findings]).toEqual([file, []]);
});
