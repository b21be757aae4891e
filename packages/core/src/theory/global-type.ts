import { decodeFail, fieldsOf, isRecord, listOf, MAX_DEPTH, onlyKey, stringOf } from "./decode-error.ts";
import { decodeLabel, type Label } from "./label.ts";

/** One way a communication goes on. */
export interface GlobalBranch {
  readonly label: Label;
  readonly next: GlobalType;
}

/** The core global type (spec/projection §2.4). */
export type GlobalType =
  | { readonly kind: "end" }
  | {
      readonly kind: "comm";
      readonly sender: string;
      readonly receiver: string;
      readonly branches: readonly GlobalBranch[];
    }
  | { readonly kind: "mu"; readonly var: string; readonly body: GlobalType }
  | { readonly kind: "var"; readonly name: string };

/** Reads the reference's serde form; throws `TheoryDecodeError`. `depth` counts nesting. */
export const decodeGlobal = (input: unknown, path = "$", depth = 0): GlobalType => {
  if (depth > MAX_DEPTH) return decodeFail("TooDeep", path);
  if (input === "End") return { kind: "end" };
  if (!isRecord(input)) return decodeFail("InvalidGlobal", path);
  const at = `${path}.${onlyKey(input, path)}`;
  if ("Comm" in input) {
    const body = fieldsOf(input.Comm, ["sender", "receiver", "branches"], "InvalidGlobal", at);
    return {
      kind: "comm",
      sender: stringOf(body.sender, "InvalidGlobal", `${at}.sender`),
      receiver: stringOf(body.receiver, "InvalidGlobal", `${at}.receiver`),
      branches: listOf(body.branches, "InvalidGlobal", `${at}.branches`).map((entry, i) => {
        const here = `${at}.branches.${i}`;
        const pair = listOf(entry, "InvalidGlobal", here);
        if (pair.length !== 2) return decodeFail("InvalidGlobal", here);
        return {
          label: decodeLabel(pair[0], `${here}.0`),
          next: decodeGlobal(pair[1], `${here}.1`, depth + 1),
        };
      }),
    };
  }
  if ("Mu" in input) {
    const body = fieldsOf(input.Mu, ["var", "body"], "InvalidGlobal", at);
    return {
      kind: "mu",
      var: stringOf(body.var, "InvalidGlobal", `${at}.var`),
      body: decodeGlobal(body.body, `${at}.body`, depth + 1),
    };
  }
  if ("Var" in input) return { kind: "var", name: stringOf(input.Var, "InvalidGlobal", at) };
  return decodeFail("InvalidGlobal", path);
};

/** The serde form of a global type (spec/projection §17.1). */
export type GlobalJson =
  | "End"
  | {
      readonly Comm: {
        readonly sender: string;
        readonly receiver: string;
        readonly branches: readonly (readonly [Label, GlobalJson])[];
      };
    }
  | { readonly Mu: { readonly var: string; readonly body: GlobalJson } }
  | { readonly Var: string };

/** Writes the reference's serde form. */
export const encodeGlobal = (type: GlobalType): GlobalJson => {
  switch (type.kind) {
    case "end":
      return "End";
    case "comm":
      return {
        Comm: {
          sender: type.sender,
          receiver: type.receiver,
          branches: type.branches.map((b) => [b.label, encodeGlobal(b.next)] as const),
        },
      };
    case "mu":
      return { Mu: { var: type.var, body: encodeGlobal(type.body) } };
    case "var":
      return { Var: type.name };
  }
};
