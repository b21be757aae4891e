import type { GlobalBranch, GlobalType } from "./global-type.ts";
import { type Label, sameLabel } from "./label.ts";
import { unfold } from "./substitute.ts";

/** One message: who sends which label to whom. */
export interface Action {
  readonly sender: string;
  readonly receiver: string;
  readonly label: Label;
}

/** Descents and unfoldings before a traversal gives up (spec/projection §20). */
export const STEP_FUEL = 10_000;

const headMatch = (type: GlobalType & { kind: "comm" }, action: Action): GlobalBranch | undefined =>
  type.sender === action.sender && type.receiver === action.receiver
    ? type.branches.find((b) => sameLabel(b.label, action.label))
    : undefined;

/** The head neither involves the sender as its receiver nor the receiver as its receiver. */
const mayPass = (type: GlobalType & { kind: "comm" }, action: Action): boolean =>
  action.sender !== type.receiver && action.receiver !== type.receiver;

/** The action may happen now: at the head, or behind heads it does not depend on (spec/projection §14). */
export const enabled = (type: GlobalType, action: Action, fuel = STEP_FUEL): boolean => {
  if (fuel === 0 || type.kind === "end" || type.kind === "var") return false;
  if (type.kind === "mu") return enabled(unfold(type), action, fuel - 1);
  if (headMatch(type, action) !== undefined) return true;
  return mayPass(type, action) && type.branches.some((b) => enabled(b.next, action, fuel - 1));
};

/** What remains after the action; nothing when it cannot happen in every branch it must pass. */
export const step = (type: GlobalType, action: Action, fuel = STEP_FUEL): GlobalType | undefined => {
  if (fuel === 0 || type.kind === "end" || type.kind === "var") return undefined;
  if (type.kind === "mu") return step(unfold(type), action, fuel - 1);
  const head = headMatch(type, action);
  if (head !== undefined) return head.next;
  if (!enabled(type, action, fuel)) return undefined;
  const branches: GlobalBranch[] = [];
  for (const branch of type.branches) {
    const next = step(branch.next, action, fuel - 1);
    if (next === undefined) return undefined;
    branches.push({ label: branch.label, next });
  }
  return { ...type, branches };
};

/** The continuation of the head communication, label compared by name only, through binders. */
export const consume = (
  type: GlobalType,
  sender: string,
  receiver: string,
  label: string,
  fuel = STEP_FUEL,
): GlobalType | undefined => {
  if (type.kind === "mu")
    return fuel === 0 ? undefined : consume(unfold(type), sender, receiver, label, fuel - 1);
  if (type.kind !== "comm" || type.sender !== sender || type.receiver !== receiver) return undefined;
  return type.branches.find((b) => b.label.name === label)?.next;
};
