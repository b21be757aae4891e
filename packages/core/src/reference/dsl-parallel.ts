import { type DslLocal, dslEnd, type ProjectionFailure, thenDsl } from "./dsl-local.ts";
import { type ReferenceRole, sameRole } from "./role.ts";

const target = (type: DslLocal): readonly ReferenceRole[] =>
  type.kind === "send" || type.kind === "select" ? [type.to] : [];

const source = (type: DslLocal): readonly ReferenceRole[] =>
  type.kind === "receive" || type.kind === "branch" ? [type.from] : [];

const repeats = (roles: readonly ReferenceRole[]): boolean =>
  roles.some((role, i) => roles.findIndex((other) => sameRole(role, other)) < i);

/**
 * The arms of a par that one role takes part in, laid end to end: the
 * reference knows no concurrency within a role (projection.md §8.4). Conflicts
 * are looked for at the heads only.
 */
export const joinParallel = (arms: readonly DslLocal[]): DslLocal | ProjectionFailure => {
  const acting = arms.filter((arm) => arm.kind !== "end");
  if (repeats(acting.flatMap(target)) || repeats(acting.flatMap(source))) {
    const message = "inconsistent projections in parallel branches";
    return { kind: "failure", error: "InconsistentParallel", message };
  }
  return acting.reduceRight((after, arm) => thenDsl(arm, after), dslEnd);
};
