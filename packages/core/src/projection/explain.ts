import type { Diagnostic, Related } from "../diagnostics/diagnostic.ts";
import { showDeed } from "../kernel/show-deed.ts";
import type { Span } from "../text/span.ts";
import type { LocalBranch, LocalType } from "./local-type.ts";
import { type Conflict, MAX_MERGE_DEPTH } from "./merge-local.ts";
import { projectionDiagnostic } from "./report.ts";
import type { Parting } from "./value.ts";

const list = (words: readonly string[]): string => words.join(" or ");

/** What a type begins with, as half a sentence: `receives Reserve from Office`. */
export const firstDeed = (type: LocalType): string => {
  switch (type.kind) {
    case "end":
      return "has nothing more to do";
    case "var":
      return "goes round again";
    case "mu":
      return firstDeed(type.body);
    case "send":
      return `sends ${list(type.branches.map((b) => `${b.label} to ${b.peer}`))}`;
    case "recv":
      return `receives ${list(type.branches.map((b) => b.label))} from ${type.from}`;
    case "par":
      return "works on several arms at once";
    case "perform":
      return `does ${showDeed(type.deed)}`;
    case "decide":
      return type.subject === undefined ? "decides by itself" : `decides ${type.subject}`;
    case "scope":
      return type.millis === undefined ? `works until ${type.owner} says stop` : "sets a deadline";
  }
};

/** It goes on without waiting for a message. */
const acts = (type: LocalType): boolean =>
  type.kind === "mu" ? acts(type.body) : type.kind !== "recv" && type.kind !== "end" && type.kind !== "var";

/** Where a type begins, and what stands there. */
const firstPlace = (type: LocalType): { readonly span: Span; readonly what: string } | undefined => {
  if (type.kind === "mu") return firstPlace(type.body);
  const branch = firstBranch(type);
  if (branch !== undefined) return { span: branch.span, what: branch.label };
  if (type.kind === "perform" || type.kind === "decide" || type.kind === "scope") {
    return { span: type.span, what: type.kind === "perform" ? showDeed(type.deed) : firstDeed(type) };
  }
  return undefined;
};

const firstBranch = (type: LocalType): LocalBranch | undefined => {
  if (type.kind === "mu") return firstBranch(type.body);
  return type.kind === "send" || type.kind === "recv" ? type.branches[0] : undefined;
};

const places = (role: string, parting: Parting, conflict: Conflict): readonly Related[] => {
  const related: Related[] = [
    { span: parting.left.span, message: `here ${parting.decider} decides ${parting.left.name}` },
    { span: parting.right.span, message: `here ${parting.decider} decides ${parting.right.name}` },
  ];
  if (conflict.kind === "tooDeep") return related;
  const sides =
    conflict.kind === "differs"
      ? [conflict.left, conflict.right].map(firstPlace)
      : [conflict.left, conflict.right].map((branch) => ({ span: branch.span, what: branch.label }));
  for (const [i, place] of sides.entries()) {
    const way = i === 0 ? parting.left.name : parting.right.name;
    if (place !== undefined) {
      related.push({ span: place.span, message: `in ${way}, ${role} first differs at ${place.what}` });
    }
  }
  return related;
};

/** The finding for a role that cannot act without knowing a decision it was not told. */
export const explainConflict = (role: string, parting: Parting, conflict: Conflict): Diagnostic => {
  const base = {
    role,
    decider: parting.decider,
    left: parting.left.name,
    right: parting.right.name,
  };
  const related = places(role, parting, conflict);
  switch (conflict.kind) {
    case "differs": {
      const active = acts(conflict.left) || acts(conflict.right);
      const args = { ...base, leftDoes: firstDeed(conflict.left), rightDoes: firstDeed(conflict.right) };
      return projectionDiagnostic(active ? "cannotKnow" : "cannotTell", parting.span, { args, related });
    }
    case "payload": {
      const { left, right } = conflict;
      const args = {
        ...base,
        label: left.label,
        leftType: left.payload.text || "nothing",
        rightType: right.payload.text || "nothing",
      };
      return projectionDiagnostic("payloadDiffers", parting.span, { args, related });
    }
    case "annotations":
      return projectionDiagnostic("sendDiffers", parting.span, {
        args: { ...base, label: conflict.left.label },
        related,
      });
    case "tooDeep":
      return projectionDiagnostic("mergeTooDeep", parting.span, {
        args: { ...base, limit: String(MAX_MERGE_DEPTH) },
        related,
      });
  }
};

/** The finding for a role that cannot tell whether a loop goes round without it or is over. */
export const explainRound = (role: string, parting: Parting, rest: LocalType | undefined): Diagnostic => {
  const leftDoes = rest === undefined ? "goes round another loop" : firstDeed(rest);
  const args = {
    role,
    decider: parting.decider,
    left: parting.left.name,
    right: parting.right.name,
    leftDoes,
  };
  const related: Related[] = [parting.left, parting.right].map((way) => ({
    span: way.span,
    message: `here ${parting.decider} decides ${way.name}`,
  }));
  const place = rest === undefined ? undefined : firstPlace(rest);
  if (place !== undefined)
    related.push({ span: place.span, message: `${role} may wait for, or owe, ${place.what}` });
  return projectionDiagnostic("cannotKnowRound", parting.span, { args, related });
};
