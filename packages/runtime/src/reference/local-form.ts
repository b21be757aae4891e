import type { LocalBranch, LocalType, PayloadType } from "@parley/core";
import type { LocalTypeR } from "@parley/core/theory";
import type { ValueType } from "../machine/code/value-type.ts";
import type { Json } from "./json.ts";
import { decodeValueType } from "./value-form.ts";

const nowhere = { start: 0, end: 0 };

/**
 * A core local type of the reference as ours, for the compiler. Its payload
 * annotations go along as text, which `referenceValueType` reads back.
 */
export const fromReference = (type: LocalTypeR, path = ""): LocalType => {
  switch (type.kind) {
    case "end":
      return { kind: "end" };
    case "var":
      return { kind: "var", name: type.name };
    case "mu":
      return { kind: "mu", var: type.var, body: fromReference(type.body, path) };
    default: {
      const branches = type.branches.map((branch): LocalBranch => {
        const edge = path === "" ? branch.label.name : `${path}.${branch.label.name}`;
        return {
          peer: type.partner,
          label: branch.label.name,
          payload: { text: JSON.stringify(branch.payload), sort: "Opaque" },
          annotations: [],
          edge,
          span: nowhere,
          next: fromReference(branch.next, edge),
        };
      });
      return type.kind === "send"
        ? { kind: "send", branches }
        : { kind: "recv", from: type.partner, branches };
    }
  }
};

export const referenceValueType = (payload: PayloadType): ValueType =>
  decodeValueType(JSON.parse(payload.text) as Json);
