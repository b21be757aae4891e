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

/** A UTF-16 unit as a rank in which surrogates, which stand for the highest code points, come last. */
const byCodePoint = (unit: number): number => {
  if (unit < 0xd800) return unit;
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
};

/** UTF-8 order of two strings: by code point, never by locale. */
export const compareText = (a: string, b: string): number => {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return byCodePoint(x) - byCodePoint(y);
  }
  return a.length - b.length;
};

/** A copy in order of label name, equal names keeping their order. */
export const byLabel = <B extends { readonly label: Label }>(branches: readonly B[]): readonly B[] =>
  [...branches].sort((a, b) => compareText(a.label.name, b.label.name));
