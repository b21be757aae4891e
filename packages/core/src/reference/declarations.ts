import { declared } from "../constructs/declaration.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";

/** Top-level declarations by kind, in the reference's JSON; kinds without any are left out. */
export interface Declarations {
  readonly proof_bundles?: readonly {
    readonly name: string;
    readonly version: string | null;
    readonly issuer: string | null;
    readonly constraints: readonly string[];
    readonly capabilities: readonly string[];
  }[];
  readonly required_proof_bundles?: readonly string[];
}

export const declarations = (file: SourceFile): Declarations => {
  const proof_bundles = declared(file, "proofBundle").map((bundle) => ({
    name: bundle.name.text,
    version: bundle.version ?? null,
    issuer: bundle.issuer ?? null,
    constraints: bundle.constraints,
    capabilities: bundle.capabilities.map((capability) => capability.text),
  }));
  const required_proof_bundles = (file.protocol?.requires ?? []).map((name) => name.text);
  return {
    ...(proof_bundles.length === 0 ? {} : { proof_bundles }),
    ...(required_proof_bundles.length === 0 ? {} : { required_proof_bundles }),
  };
};
