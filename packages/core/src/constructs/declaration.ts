import type { AgreementProfile } from "./agreement-profile/node.ts";
import type { EffectDecl } from "./effect/node.ts";
import type { ExecutionProfile } from "./execution-profile/node.ts";
import type { Fragment } from "./fragment/node.ts";
import type { GuestRuntime } from "./guest-runtime/node.ts";
import type { OperationDecl } from "./operation/node.ts";
import type { ProofBundle } from "./proof-bundle/node.ts";
import type { RoleSet } from "./role-set/node.ts";
import type { TopologyDecl } from "./topology/node.ts";
import type { TypeDecl } from "./type/node.ts";

/** Everything that can stand between the imports and the protocol (spec/language.md §4). */
export type Declaration =
  | ProofBundle
  | ExecutionProfile
  | AgreementProfile
  | RoleSet
  | TopologyDecl
  | TypeDecl
  | EffectDecl
  | Fragment
  | OperationDecl
  | GuestRuntime;

export type DeclarationKind = Declaration["kind"];

type Of<K extends DeclarationKind> = Extract<Declaration, { readonly kind: K }>;

/** The declarations of one kind, in source order. */
export const declared = <K extends DeclarationKind>(
  file: { readonly declarations: readonly Declaration[] },
  kind: K,
): readonly Of<K>[] => file.declarations.filter((d): d is Of<K> => d.kind === kind);
