import type { OperationCategory } from "./operation-category.ts";

/** What is wrong with what a page says about its protocol. */
export type PageFinding =
  | { readonly code: "PAR7660"; readonly kind: "category-undeclared" }
  | { readonly code: "PAR7661"; readonly kind: "category-unknown"; readonly value: string }
  | { readonly code: "PAR7662"; readonly kind: "category-repeated"; readonly line: number }
  | { readonly code: "PAR7663"; readonly kind: "front-matter-open" };

/** A protocol's page: what is declared above its text, and the text. */
export interface PageMetadata {
  /** Absent when undeclared or unknown; then there is a finding. */
  readonly category?: OperationCategory;
  /** The page without its front matter. */
  readonly body: string;
  readonly findings: readonly PageFinding[];
}

const isCategory = (text: string): text is OperationCategory => /^[ABC]$/.test(text);

/** The lines between two `---`, and where the text after them starts; undefined when nothing closes them. */
const frontMatter = (
  text: string,
): { readonly lines: readonly string[]; readonly body: string } | undefined => {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  const end = lines.indexOf("---", 1);
  return end < 0
    ? undefined
    : {
        lines: lines.slice(1, end),
        body: lines
          .slice(end + 1)
          .join("\n")
          .replace(/^\n+/, ""),
      };
};

/**
 * Reads the front matter of a protocol's page: `---`, lines of `key: value`,
 * `---`. The key `category` says A, B or C; other keys are passed over. A page
 * without it is a finding: nobody else decides what a protocol's effects need.
 *
 * @example readPage("---\ncategory: B\n---\n# Title").category // "B"
 */
export const readPage = (text: string): PageMetadata => {
  if (!/^---\r?\n/.test(text))
    return { body: text, findings: [{ code: "PAR7660", kind: "category-undeclared" }] };
  const front = frontMatter(text);
  if (front === undefined)
    return {
      body: text,
      findings: [
        { code: "PAR7663", kind: "front-matter-open" },
        { code: "PAR7660", kind: "category-undeclared" },
      ],
    };
  const { body } = front;
  const said = front.lines.flatMap((line, i) => {
    const value = /^category\s*:\s*(.*?)\s*$/.exec(line)?.[1];
    return value === undefined ? [] : [{ value, line: i + 2 }];
  });
  const [first, second] = said;
  if (first === undefined) return { body, findings: [{ code: "PAR7660", kind: "category-undeclared" }] };
  if (!isCategory(first.value))
    return { body, findings: [{ code: "PAR7661", kind: "category-unknown", value: first.value }] };
  return {
    category: first.value,
    body,
    findings: second === undefined ? [] : [{ code: "PAR7662", kind: "category-repeated", line: second.line }],
  };
};
