import { type Declaration, type DeclarationKind, declared } from "../constructs/declaration.ts";
import type { EffectDecl, EffectMetadataKey, EffectOperation } from "../constructs/effect/node.ts";
import type { ComposePolicy, OperationDecl } from "../constructs/operation/node.ts";
import { printWithin } from "../constructs/operation/print.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import { printRoleRef } from "../constructs/roles/print.ts";

type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };
type Of<K extends DeclarationKind> = Extract<Declaration, { readonly kind: K }>;

/** Top-level declarations by kind, in the reference's JSON; kinds without any are left out. */
export type Declarations = Readonly<Record<string, readonly Json[]>>;

const text = (name: { readonly text: string } | undefined): string | null => name?.text ?? null;
const texts = (names: readonly { readonly text: string }[]): readonly string[] => names.map((n) => n.text);

const bundle = (node: Of<"proofBundle">): Json => ({
  name: node.name.text,
  version: node.version ?? null,
  issuer: node.issuer ?? null,
  constraints: node.constraints,
  capabilities: texts(node.capabilities),
});

const profile = (node: Of<"profile">): Json => ({
  name: node.name.text,
  fairness: text(node.fairness),
  admissibility: text(node.admissibility),
  escalation_window: text(node.escalationWindow),
});

const agreement = (node: Of<"agreementProfile">): Json => ({
  name: node.name.text,
  visibility: text(node.visibility),
  rule: text(node.rule),
  usable_at: text(node.usableAt),
  finalized_at: text(node.finalizedAt),
  evidence: text(node.evidence),
});

const roleSet = ({ name, members, subset }: Of<"roleSet">): Json => ({
  name: name.text,
  members: texts(members),
  subset_of: text(subset?.of),
  subset_start: subset?.start ?? null,
  subset_end: subset?.end ?? null,
});

const topology = (node: Of<"topology">): Json => ({
  kind: node.shape,
  name: node.name.text,
  members: texts(node.members),
});

const typeDecl = ({ name, alias, constructors }: Of<"type">): Json => ({
  name: name.text,
  is_alias: alias !== undefined,
  alias_of: alias?.text ?? null,
  constructors: constructors.map((one) => ({
    name: one.name.text,
    payload_type: one.payload?.text ?? null,
  })),
});

const effectOperation = (node: EffectOperation): Json => {
  const value = (key: EffectMetadataKey): string =>
    node.metadata.findLast((entry) => entry.key === key)?.value.text ?? "";
  return {
    name: node.name.text,
    authority_class: node.authority,
    semantic_class: value("class"),
    progress: value("progress"),
    region: value("region"),
    agreement_use: value("agreement_use"),
    reentrancy: value("reentrancy"),
    input_type: node.input.text,
    output_type: node.output.text,
  };
};

const effect = (node: EffectDecl): Json => ({
  name: node.name.text,
  operations: node.operations.map(effectOperation),
});

const policy = (compose: ComposePolicy): Json => {
  if (compose.kind === "threshold") return { Threshold: { required_successes: compose.successes } };
  return compose.kind === "all" ? "All" : "First";
};

/** An operation without its `body_source`: that is laid-out text, which Parley does not make. */
const operation = (node: OperationDecl): Json => {
  const { within, progress, agreement: agreed, compose } = node;
  return {
    name: node.name.text,
    params: node.params.map((param) => ({ name: param.name.text, type_name: param.type.text })),
    owner_role: printRoleRef(node.owner),
    within: within === undefined ? null : printWithin(within),
    progress_contract:
      progress === undefined
        ? null
        : {
            contract_name: progress.contract.text,
            requires_profile: text(progress.requires),
            within_window: text(progress.within),
            on_timeout: text(progress.onTimeout),
            on_stall: text(progress.onStall),
          },
    agreement:
      agreed === undefined ? null : { profile_name: agreed.profile.text, prestate: text(agreed.prestate) },
    child_effect_aggregation: compose === undefined ? null : { policy: policy(compose) },
  };
};

const guest = (node: Of<"guestRuntime">): Json => ({
  name: node.name.text,
  uses: texts(node.uses),
  entry: text(node.entry),
});

/**
 * The declarations of a file, and the names in the head of its protocol
 * (language chapter §4). `operation_decls` lack `body_source`.
 */
export const declarations = (file: SourceFile): Declarations => {
  const { protocol } = file;
  const all: Declarations = {
    proof_bundles: declared(file, "proofBundle").map(bundle),
    required_proof_bundles: texts(protocol?.requires ?? []),
    role_sets: declared(file, "roleSet").map(roleSet),
    topologies: declared(file, "topology").map(topology),
    type_decls: declared(file, "type").map(typeDecl),
    effect_decls: declared(file, "effect").map(effect),
    protocol_uses: texts(protocol?.uses ?? []),
    fragment_decls: declared(file, "fragment").map(fragmentJson),
    operation_decls: declared(file, "operation").map(operation),
    guest_runtime_decls: declared(file, "guestRuntime").map(guest),
    execution_profile_decls: declared(file, "profile").map(profile),
    protocol_execution_profiles: texts(protocol?.under ?? []),
    agreement_profile_decls: declared(file, "agreementProfile").map(agreement),
  };
  return Object.fromEntries(Object.entries(all).filter(([, list]) => list.length > 0));
};

const fragmentJson = (node: Of<"fragment">): Json => ({ name: node.name.text, params: texts(node.params) });
