import type { BoundProtocol, Kernel, LocalType } from "@parley/core";
import type { LocalTypes } from "./role-scoped-image.ts";
import { readTypeTable, type TypeTable, typeTable } from "./type-table.ts";

interface Bound {
  /** The version it is of, and the numbers it was bound with. */
  readonly version: string;
  readonly bindings: {
    readonly families: { readonly [family: string]: number };
    readonly names: { readonly [name: string]: number };
  };
}

/** The global type of a version, bound, as data. */
export interface GlobalArtifact extends Bound {
  readonly format: "parley.global/1";
  readonly name: string;
  readonly namespace: string | null;
  readonly roles: readonly string[];
  readonly type: TypeTable;
}

/** The local types of a version by role, as data. */
export interface LocalsArtifact extends Bound {
  readonly format: "parley.locals/1";
  readonly roles: { readonly [role: string]: TypeTable };
}

export const globalArtifact = (bound: BoundProtocol, of: Bound): GlobalArtifact => ({
  format: "parley.global/1",
  ...of,
  name: bound.name,
  namespace: bound.namespace ?? null,
  roles: bound.roles,
  type: typeTable(bound.body),
});

export const localsArtifact = (locals: LocalTypes, of: Bound): LocalsArtifact => ({
  format: "parley.locals/1",
  ...of,
  roles: Object.fromEntries(Object.entries(locals).map(([role, type]) => [role, typeTable(type)])),
});

/** The global type of an artifact; `undefined` for another format or a damaged one. */
export const readGlobalArtifact = (artifact: GlobalArtifact): BoundProtocol | undefined => {
  if (artifact.format !== "parley.global/1") return undefined;
  const body = readTypeTable<Kernel>(artifact.type);
  const { name, namespace, roles } = artifact;
  return body === undefined ? undefined : { name, ...(namespace === null ? {} : { namespace }), roles, body };
};

/** The local types of an artifact; `undefined` for another format or where one is damaged. */
export const readLocalsArtifact = (artifact: LocalsArtifact): LocalTypes | undefined => {
  if (artifact.format !== "parley.locals/1") return undefined;
  const locals: Record<string, LocalType> = {};
  for (const [role, table] of Object.entries(artifact.roles)) {
    const type = readTypeTable<LocalType>(table);
    if (type === undefined) return undefined;
    locals[role] = type;
  }
  return locals;
};
