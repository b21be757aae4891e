import type { ValueJson } from "@parley/wire/http";

/** A value as people write it: `7`, `true`, `"hello"`, `(1, 2)`, JSON. */
export const valueText = (value: ValueJson): string => {
  switch (value.kind) {
    case "unit":
      return "()";
    case "nat":
      return String(value.value);
    case "bool":
      return String(value.value);
    case "str":
      return JSON.stringify(value.value);
    case "prod":
      return `(${valueText(value.left)}, ${valueText(value.right)})`;
    case "endpoint":
      return `endpoint of ${value.role}`;
    case "opaque":
      return value.json;
  }
};
