import type { LocalBranchR, LocalTypeR } from "../theory/local-type-r.ts";
import { repeatType } from "./append-type.ts";
import { type ConversionFailure, unsupported } from "./conversion-error.ts";
import type { DslBranch, DslLocal } from "./dsl-local.ts";

type Converted = LocalTypeR | ConversionFailure;
type Direction = "send" | "recv";

const branch = (name: string, next: LocalTypeR): LocalBranchR => ({
  label: { name, sort: "Unit" },
  payload: null,
  next,
});

/** An arm whose first action repeats its label to the same peer is one communication, not two. */
const withoutEcho = ({ label, next }: DslBranch, direction: Direction, partner: string): DslLocal => {
  if (direction === "send" && next.kind === "send" && next.message === label && next.to.name === partner) {
    return next.next;
  }
  if (
    direction === "recv" &&
    next.kind === "receive" &&
    next.message === label &&
    next.from.name === partner
  ) {
    return next.next;
  }
  return next;
};

const convertBranches = (
  direction: Direction,
  partner: string,
  branches: readonly DslBranch[],
): Converted => {
  const converted: LocalBranchR[] = [];
  for (const arm of branches) {
    const next = localType(withoutEcho(arm, direction, partner));
    if (next.kind === "failure") return next;
    converted.push(branch(arm.label, next));
  }
  return { kind: direction, partner, branches: converted };
};

const convertOne = (direction: Direction, partner: string, message: string, after: DslLocal): Converted => {
  const next = localType(after);
  return next.kind === "failure" ? next : { kind: direction, partner, branches: [branch(message, next)] };
};

/**
 * The core local type of a projection (projection.md §11.3). The caller has
 * checked that counted loops stay within {@link REFERENCE_LIMITS}.
 */
export const localType = (type: DslLocal): Converted => {
  switch (type.kind) {
    case "send":
      return convertOne("send", type.to.name, type.message, type.next);
    case "receive":
      return convertOne("recv", type.from.name, type.message, type.next);
    case "select":
      return convertBranches("send", type.to.name, type.branches);
    case "branch":
      return convertBranches("recv", type.from.name, type.branches);
    case "localChoice":
      return unsupported("LocalChoice");
    case "timeout":
      return unsupported("Timeout");
    case "loop": {
      if (type.condition?.kind !== "count") return unsupported("Loop");
      const body = localType(type.body);
      if (body.kind === "failure") return body;
      const next = localType(type.next);
      return next.kind === "failure" ? next : repeatType(body, type.condition.count, next);
    }
    case "rec": {
      const body = localType(type.body);
      return body.kind === "failure" ? body : { kind: "mu", var: type.label, body };
    }
    case "var":
      return { kind: "var", name: type.label };
    case "end":
      return { kind: "end" };
  }
};
