import type { Import } from "./node.ts";

/** An import on one line. */
export function printImport({ module, alias, exposing }: Import): string {
  const as = alias === undefined ? "" : ` as ${alias.text}`;
  const names = exposing === undefined ? "" : ` exposing (${exposing.map((name) => name.text).join(", ")})`;
  return `import ${module.text}${as}${names}`;
}
