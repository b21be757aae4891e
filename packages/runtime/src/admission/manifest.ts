import type { EdgeAnnotation, Kernel, KernelProtocol } from "@parley/core";
import { sortedSet } from "./by-code-point.ts";
import { startupDefaults } from "./startup-defaults.ts";

/** One `link` annotation, taken apart (aura-runtime §2.1). */
export interface LinkSpec {
  readonly role: string;
  readonly bundle_id: string;
  readonly exports: readonly string[];
  readonly imports: readonly string[];
}

/**
 * What a protocol asks of the runtime that hosts it (aura-runtime §2). Field
 * names are those of the interchange form.
 */
export interface CompositionManifest {
  readonly protocol_name: string;
  readonly protocol_namespace: string | null;
  readonly protocol_qualified_name: string;
  readonly protocol_id: string;
  readonly role_names: readonly string[];
  readonly required_capabilities: readonly string[];
  readonly theorem_packs: readonly {
    readonly name: string;
    readonly capabilities: readonly string[];
    readonly version: string | null;
    readonly issuer: string | null;
    readonly constraints: readonly string[];
  }[];
  readonly required_theorem_packs: readonly string[];
  readonly required_theorem_pack_capabilities: readonly string[];
  readonly guard_capabilities: readonly string[];
  readonly determinism_policy_ref: string;
  readonly link_specs: readonly LinkSpec[];
  readonly delegation_constraints: readonly never[];
}

interface EdgeOf {
  readonly role: string;
  readonly annotations: readonly EdgeAnnotation[];
}

/** Every send of a kernel once, with its sender, in order of place. */
const edgesOf = (root: Kernel): readonly EdgeOf[] => {
  const edges: EdgeOf[] = [];
  const seen = new Set<Kernel>();
  const seenEdges = new Set<string>();
  const stack: Kernel[] = [root];
  for (let node = stack.pop(); node !== undefined; node = stack.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    switch (node.kind) {
      case "comm":
        for (const branch of node.branches) {
          if (!seenEdges.has(branch.edge))
            edges.push({ role: node.from.name, annotations: branch.annotations });
          seenEdges.add(branch.edge);
        }
        for (const branch of [...node.branches].reverse()) stack.push(branch.next);
        break;
      case "hidden":
        for (const branch of [...node.branches].reverse()) stack.push(branch.next);
        break;
      case "par":
        stack.push(node.next, ...[...node.arms].reverse());
        break;
      case "repeat":
        stack.push(node.next, node.body);
        break;
      case "mu":
        stack.push(node.body);
        break;
      default:
        break;
    }
  }
  return edges;
};

const names = (list: string): readonly string[] =>
  list
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** A `link` value: `bundle=id|exports=a,b|imports=c`; a repeated key overwrites. Faults show in the link rule. */
const linkSpec = (role: string, value: string): LinkSpec => {
  const parts = new Map(
    value.split("|").map((segment) => {
      const [key = "", ...rest] = segment.split("=");
      return [key.trim(), rest.join("=").trim()] as const;
    }),
  );
  return {
    role,
    bundle_id: parts.get("bundle") ?? "",
    exports: names(parts.get("exports") ?? ""),
    imports: names(parts.get("imports") ?? ""),
  };
};

/**
 * The manifest of a protocol. `policy` is the policy asked for when the
 * session opens; absent, the startup default of the protocol.
 */
export const manifestOf = (protocol: KernelProtocol, policy?: string): CompositionManifest => {
  const qualified =
    protocol.namespace === undefined ? protocol.name : `${protocol.namespace}.${protocol.name}`;
  const defaults = startupDefaults(qualified);
  const edges = edgesOf(protocol.body);
  const required = sortedSet(protocol.requires);
  const values = (key: string): readonly { readonly role: string; readonly value: string }[] =>
    edges.flatMap(({ role, annotations }) =>
      annotations.filter((one) => one.key === key).map(({ value }) => ({ role, value })),
    );
  return {
    protocol_name: protocol.name,
    protocol_namespace: protocol.namespace ?? null,
    protocol_qualified_name: qualified,
    protocol_id: defaults.protocolId ?? qualified,
    role_names: protocol.roles.map(({ name }) => name),
    required_capabilities: defaults.capabilities,
    theorem_packs: protocol.bundles.map(({ name, capabilities, version, issuer, constraints }) => ({
      name,
      capabilities,
      version: version ?? null,
      issuer: issuer ?? null,
      constraints,
    })),
    required_theorem_packs: required,
    required_theorem_pack_capabilities: sortedSet(
      protocol.bundles
        .filter(({ name }) => required.includes(name))
        .flatMap(({ capabilities }) => capabilities),
    ),
    guard_capabilities: sortedSet(values("guard_capability").map(({ value }) => value)),
    determinism_policy_ref: policy ?? defaults.policyRef,
    link_specs: values("link").map(({ role, value }) => linkSpec(role, value)),
    delegation_constraints: [],
  };
};
