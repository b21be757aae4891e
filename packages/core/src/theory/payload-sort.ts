import { decodeFail, isRecord, onlyKey } from "./decode-error.ts";

/** What a label carries, in the reference's serde form (spec/projection §2.1, §17.1). */
export type PayloadSort =
  | "Unit"
  | "Nat"
  | "Bool"
  | "String"
  | "Real"
  | { readonly Vector: number }
  | { readonly Prod: readonly [PayloadSort, PayloadSort] };

const simple: readonly unknown[] = ["Unit", "Nat", "Bool", "String", "Real"];

/** Reads a sort; throws `TheoryDecodeError` on anything else. */
export const decodeSort = (input: unknown, path: string): PayloadSort => {
  if (simple.includes(input)) return input as PayloadSort;
  if (!isRecord(input)) return decodeFail("InvalidSort", path);
  const key = onlyKey(input, path);
  if (key === "Vector") {
    const size = input.Vector;
    return typeof size === "number" && Number.isSafeInteger(size) && size >= 0
      ? { Vector: size }
      : decodeFail("InvalidSort", `${path}.Vector`);
  }
  if (key === "Prod") {
    const parts = input.Prod;
    if (!Array.isArray(parts) || parts.length !== 2) return decodeFail("InvalidSort", `${path}.Prod`);
    return { Prod: [decodeSort(parts[0], `${path}.Prod.0`), decodeSort(parts[1], `${path}.Prod.1`)] };
  }
  return decodeFail("InvalidSort", path);
};

/** Equality of sorts, by structure. */
export const sameSort = (a: PayloadSort, b: PayloadSort): boolean => {
  if (typeof a === "string" || typeof b === "string") return a === b;
  if ("Vector" in a) return "Vector" in b && a.Vector === b.Vector;
  return "Prod" in b && sameSort(a.Prod[0], b.Prod[0]) && sameSort(a.Prod[1], b.Prod[1]);
};
