import { decodeFail, isRecord, onlyKey } from "./decode-error.ts";

/** Annotation of a local branch, in the reference's serde form (spec/projection §2.3). */
export type ValType =
  | "Unit"
  | "Bool"
  | "Nat"
  | "String"
  | "Readiness"
  | { readonly Prod: readonly [ValType, ValType] }
  | { readonly Chan: { readonly sid: number; readonly role: string } };

const simple: readonly unknown[] = ["Unit", "Bool", "Nat", "String", "Readiness"];

/** Reads an annotation; throws `TheoryDecodeError` on anything else. */
export const decodeValType = (input: unknown, path: string): ValType => {
  if (simple.includes(input)) return input as ValType;
  if (!isRecord(input)) return decodeFail("InvalidValType", path);
  const key = onlyKey(input, path);
  if (key === "Prod") {
    const parts = input.Prod;
    if (!Array.isArray(parts) || parts.length !== 2) return decodeFail("InvalidValType", `${path}.Prod`);
    return { Prod: [decodeValType(parts[0], `${path}.Prod.0`), decodeValType(parts[1], `${path}.Prod.1`)] };
  }
  const chan = input.Chan;
  if (key === "Chan" && isRecord(chan) && typeof chan.sid === "number" && typeof chan.role === "string") {
    return { Chan: { sid: chan.sid, role: chan.role } };
  }
  return decodeFail("InvalidValType", path);
};

/** Equality of annotations, by structure; `null` is "none". */
export const sameValType = (a: ValType | null, b: ValType | null): boolean => {
  if (a === null || b === null || typeof a === "string" || typeof b === "string") return a === b;
  if ("Chan" in a) return "Chan" in b && a.Chan.sid === b.Chan.sid && a.Chan.role === b.Chan.role;
  return "Prod" in b && sameValType(a.Prod[0], b.Prod[0]) && sameValType(a.Prod[1], b.Prod[1]);
};
