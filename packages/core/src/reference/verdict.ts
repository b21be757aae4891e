import type { GlobalType } from "../theory/global-type.ts";
import type { LocalTypeR } from "../theory/local-type-r.ts";
import { type ProjectionError, type ProjectionR, project } from "../theory/project.ts";
import type { ConversionFailure } from "./conversion-error.ts";
import type { ProjectionFailure } from "./dsl-local.ts";
import { type Projected, projectDsl } from "./dsl-projection.ts";
import { localType } from "./locals.ts";
import type { ReferenceRole } from "./role.ts";
import type { Protocol } from "./tree.ts";

/** What the two projections say of one role. `strict` is there where the tree has a global type. */
export interface RoleVerdict {
  readonly role: ReferenceRole;
  readonly lax: Projected;
  readonly strict?: ProjectionR;
}

export const roleVerdicts = (
  tree: Protocol,
  roles: readonly ReferenceRole[],
  global: GlobalType | ConversionFailure,
): readonly RoleVerdict[] =>
  roles.map((role) => {
    const lax = projectDsl(tree, role);
    return global.kind === "failure" ? { role, lax } : { role, lax, strict: project(global, role.name) };
  });

const strictFailure = (error: ProjectionError): ProjectionFailure => ({
  kind: "failure",
  error: "MergeFailure",
  message: `cannot merge branches: ${error.kind === "MergeFailure" ? error.source.kind : error.kind}`,
});

/**
 * Why a role cannot be projected, if it cannot. The reference decides by its
 * lax projection; where the two disagree about a merge, the strict one is
 * sound and decides here (conformance/README.md, "Also worth knowing").
 */
export const failureOf = ({ lax, strict }: RoleVerdict): ProjectionFailure | undefined => {
  if (lax.kind === "failure" && (lax.error !== "MergeFailure" || strict?.ok !== true)) return lax;
  return strict?.ok === false ? strictFailure(strict.error) : undefined;
};

/** The core local type of a role that can be projected: the strict one, or that of the lax projection where there is no global type. */
export const localOf = ({ lax, strict }: RoleVerdict): LocalTypeR | ConversionFailure => {
  if (strict?.ok === true) return strict.type;
  return lax.kind === "failure" ? { kind: "end" } : localType(lax);
};
