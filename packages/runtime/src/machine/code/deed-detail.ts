import type { Deed } from "@parley/core";

/**
 * What a `performed` event says of a deed: its parts as the source names them,
 * as plain data.
 *
 * @example deedDetail({ kind: "await", operation: "move" }) // { operation: "move" }
 */
export const deedDetail = (deed: Deed): { readonly [key: string]: unknown } => {
  const { kind: _kind, ...parts } = deed;
  const named: { [key: string]: unknown } = {};
  for (const [key, part] of Object.entries(parts)) if (part !== undefined) named[key] = part;
  if (deed.kind === "ask") named.result = deed.result.text;
  if (deed.kind === "begin" && deed.contract !== undefined) named.contract = deed.contract.name;
  if (deed.kind === "transfer") named.to = deed.to.name;
  if (deed.kind === "handoff") named.target = deed.target.name;
  return named;
};
