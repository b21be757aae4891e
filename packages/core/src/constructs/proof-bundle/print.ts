import type { ProofBundle } from "./node.ts";

/** A bundle on one line. */
export function printProofBundle(node: ProofBundle): string {
  const parts = [`proof_bundle ${node.name.text}`];
  if (node.version !== undefined) parts.push(`version "${node.version}"`);
  if (node.issuer !== undefined) parts.push(`issuer "${node.issuer}"`);
  for (const constraint of node.constraints) parts.push(`constraint "${constraint}"`);
  if (node.capabilities.length > 0)
    parts.push(`requires [${node.capabilities.map((n) => n.text).join(", ")}]`);
  return parts.join(" ");
}
