import { decodeFail, fieldsOf, isRecord, listOf, MAX_DEPTH, onlyKey, stringOf } from "./decode-error.ts";
import { decodeLabel, type Label } from "./label.ts";
import { decodeValType, type ValType } from "./val-type.ts";

/** One branch of a send or receive; `payload` is the annotation, `null` when there is none. */
export interface LocalBranchR {
  readonly label: Label;
  readonly payload: ValType | null;
  readonly next: LocalTypeR;
}

/** A send (internal choice) or a receive (external choice). */
export interface LocalCommR {
  readonly kind: "send" | "recv";
  readonly partner: string;
  readonly branches: readonly LocalBranchR[];
}

/** The core local type (spec/projection §2.5). */
export type LocalTypeR =
  | { readonly kind: "end" }
  | LocalCommR
  | { readonly kind: "mu"; readonly var: string; readonly body: LocalTypeR }
  | { readonly kind: "var"; readonly name: string };

const decodeComm = (kind: "send" | "recv", input: unknown, at: string, depth: number): LocalCommR => {
  const body = fieldsOf(input, ["partner", "branches"], "InvalidLocal", at);
  return {
    kind,
    partner: stringOf(body.partner, "InvalidLocal", `${at}.partner`),
    branches: listOf(body.branches, "InvalidLocal", `${at}.branches`).map((entry, i) => {
      const here = `${at}.branches.${i}`;
      const triple = listOf(entry, "InvalidLocal", here);
      if (triple.length !== 3) return decodeFail("InvalidLocal", here);
      return {
        label: decodeLabel(triple[0], `${here}.0`),
        payload: triple[1] === null ? null : decodeValType(triple[1], `${here}.1`),
        next: decodeLocal(triple[2], `${here}.2`, depth + 1),
      };
    }),
  };
};

/** Reads the reference's serde form; throws `TheoryDecodeError`. */
export const decodeLocal = (input: unknown, path = "$", depth = 0): LocalTypeR => {
  if (depth > MAX_DEPTH) return decodeFail("TooDeep", path);
  if (input === "End") return { kind: "end" };
  if (!isRecord(input)) return decodeFail("InvalidLocal", path);
  const at = `${path}.${onlyKey(input, path)}`;
  if ("Send" in input) return decodeComm("send", input.Send, at, depth);
  if ("Recv" in input) return decodeComm("recv", input.Recv, at, depth);
  if ("Mu" in input) {
    const body = fieldsOf(input.Mu, ["var", "body"], "InvalidLocal", at);
    return {
      kind: "mu",
      var: stringOf(body.var, "InvalidLocal", `${at}.var`),
      body: decodeLocal(body.body, `${at}.body`, depth + 1),
    };
  }
  if ("Var" in input) return { kind: "var", name: stringOf(input.Var, "InvalidLocal", at) };
  return decodeFail("InvalidLocal", path);
};

/** The body of an encoded send or receive. */
interface LocalCommJson {
  readonly partner: string;
  readonly branches: readonly (readonly [Label, ValType | null, LocalJson])[];
}

/** The serde form of a local type (spec/projection §17.1). */
export type LocalJson =
  | "End"
  | { readonly Send: LocalCommJson }
  | { readonly Recv: LocalCommJson }
  | { readonly Mu: { readonly var: string; readonly body: LocalJson } }
  | { readonly Var: string };

/** Writes the reference's serde form. */
export const encodeLocal = (type: LocalTypeR): LocalJson => {
  switch (type.kind) {
    case "end":
      return "End";
    case "send":
    case "recv": {
      const branches = type.branches.map((b) => [b.label, b.payload, encodeLocal(b.next)] as const);
      const body = { partner: type.partner, branches };
      return type.kind === "send" ? { Send: body } : { Recv: body };
    }
    case "mu":
      return { Mu: { var: type.var, body: encodeLocal(type.body) } };
    case "var":
      return { Var: type.name };
  }
};
