import { edgePath } from "../../kernel/edge-path.ts";
import type { Lower, LowerContext } from "../../kernel/lower-context.ts";
import type { CommBranch, Kernel } from "../../kernel/node.ts";
import { lowerRole } from "../roles/lower.ts";
import type { Choice, ChoiceArm, Guard } from "./node.ts";

const guardText = (guard: Guard): string =>
  guard.kind === "predicate"
    ? guard.text
    : `check ${guard.effect.text}.${guard.operation.text}(${guard.args.join(", ")}) yields ${guard.binding.text}`;

const branchKey = (branch: CommBranch): string => JSON.stringify([branch.label, branch.to]);

/** Labels are message names; arms that begin alike take their own names, all of them when that collides again. */
const distinct = (branches: readonly CommBranch[]): readonly CommBranch[] => {
  if (new Set(branches.map((b) => b.label)).size === branches.length) return branches;
  const named = (branch: CommBranch): CommBranch => ({ ...branch, label: branch.arm ?? branch.label });
  const counts = new Map<string, number>();
  for (const b of branches) counts.set(branchKey(b), (counts.get(branchKey(b)) ?? 0) + 1);
  const renamed = branches.map((b) => ((counts.get(branchKey(b)) ?? 0) > 1 ? named(b) : b));
  return new Set(renamed.map(branchKey)).size === renamed.length ? renamed : branches.map(named);
};

/** The decider asks for its evidence before it decides, guard by guard. */
const withEvidence = (choice: Choice, id: string, decision: Kernel, context: LowerContext): Kernel =>
  choice.arms.reduceRight<Kernel>((next, arm: ChoiceArm) => {
    const { guard } = arm;
    if (guard?.kind !== "evidence") return next;
    const what = `${guard.effect.text}.${guard.operation.text}`;
    return context.node({
      kind: "local",
      role: lowerRole(choice.decider),
      deed: {
        kind: "ask",
        how: "check",
        mode: "plain",
        what,
        args: guard.args,
        result: context.resultOf(what),
        binds: guard.binding.text,
      },
      edge: edgePath.guard(id, arm.label.text),
      span: guard.span,
      next,
    });
  }, decision);

/**
 * One communication with a branch per arm: the first send of the arm carries
 * the decision. Whatever follows the choice follows every arm.
 */
export const lowerChoice: Lower<Choice> = (choice, id, scope, next, context) => {
  const branches = choice.arms.map((arm): CommBranch => {
    const label = arm.label.text;
    const head = context.body(arm.body, scope, (k) => edgePath.arm(id, label, k), next);
    const first = head.kind === "comm" && head.branches.length === 1 ? head.branches[0] : undefined;
    if (first === undefined) throw new Error(`arm ${label} of a checked choice does not begin with a send`);
    return { ...first, arm: label, ...(arm.guard === undefined ? {} : { guard: guardText(arm.guard) }) };
  });
  const decision = context.node<Kernel>({
    kind: "comm",
    from: lowerRole(choice.decider),
    branches: distinct(branches),
    span: choice.span,
  });
  return withEvidence(choice, id, decision, context);
};
