import { decodeFail, isRecord, stringOf } from "./decode-error.ts";
import { decodeSort, type PayloadSort, sameSort } from "./payload-sort.ts";

/** A message label; two labels match when name and sort are equal (spec/projection §2.2). */
export interface Label {
  readonly name: string;
  readonly sort: PayloadSort;
}

/** Reads a label; a missing sort is `Unit`. Throws `TheoryDecodeError`. */
export const decodeLabel = (input: unknown, path: string): Label => {
  if (!isRecord(input)) return decodeFail("InvalidLabel", path);
  for (const key of Object.keys(input)) {
    if (key !== "name" && key !== "sort") return decodeFail("UnexpectedField", `${path}.${key}`);
  }
  return {
    name: stringOf(input.name, "InvalidLabel", `${path}.name`),
    sort: "sort" in input ? decodeSort(input.sort, `${path}.sort`) : "Unit",
  };
};

/** Equal name and sort. */
export const sameLabel = (a: Label, b: Label): boolean => a.name === b.name && sameSort(a.sort, b.sort);

/** UTF-8 order of two strings: by code point, never by locale. */
export const compareText = (a: string, b: string): number => {
  if (a === b) return 0;
  const left = [...a];
  const right = [...b];
  for (let i = 0; i < left.length && i < right.length; i++) {
    const d = (left[i]?.codePointAt(0) ?? 0) - (right[i]?.codePointAt(0) ?? 0);
    if (d !== 0) return d;
  }
  return left.length - right.length;
};

/** A copy in order of label name, equal names keeping their order. */
export const byLabel = <B extends { readonly label: Label }>(branches: readonly B[]): readonly B[] =>
  [...branches].sort((a, b) => compareText(a.label.name, b.label.name));
