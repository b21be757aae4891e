import type { Value } from "@parley/wire";
import type { ValueType } from "./value-type.ts";

/** What is paid where nobody pays: the least value of the type. */
export const defaultValue = (type: ValueType): Value => {
  switch (type.kind) {
    case "none":
    case "unit":
    case "readiness":
      return { kind: "unit" };
    case "nat":
      return { kind: "nat", value: 0 };
    case "bool":
      return { kind: "bool", value: false };
    case "str":
      return { kind: "str", value: "" };
    case "prod":
      return { kind: "prod", left: defaultValue(type.left), right: defaultValue(type.right) };
    case "chan":
      return { kind: "endpoint", sid: type.sid, role: type.role };
    case "opaque":
      return { kind: "opaque", type: type.name, json: "null" };
  }
};
