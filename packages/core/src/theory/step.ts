import { templateText } from "./canonical.ts";
import type { GlobalBranch, GlobalType } from "./global-type.ts";
import { type Label, sameLabel } from "./label.ts";
import { depth } from "./structure.ts";
import { unfold } from "./substitute.ts";

/** One message: who sends which label to whom. */
export interface Action {
  readonly sender: string;
  readonly receiver: string;
  readonly label: Label;
}

/** The communication under leading binders; nothing for an end, a variable, or a loop that only loops. */
const headOf = (type: GlobalType): (GlobalType & { kind: "comm" }) | undefined => {
  let current = type;
  for (let fuel = depth(type) + 1; current.kind === "mu" && fuel > 0; fuel--) current = unfold(current);
  return current.kind === "comm" ? current : undefined;
};

const headMatch = (type: GlobalType & { kind: "comm" }, action: Action): GlobalBranch | undefined =>
  type.sender === action.sender && type.receiver === action.receiver
    ? type.branches.find((b) => sameLabel(b.label, action.label))
    : undefined;

/** The action may go before the head: neither of its roles waits for the head's message. */
const mayPass = (type: GlobalType & { kind: "comm" }, action: Action): boolean =>
  action.sender !== type.receiver && action.receiver !== type.receiver;

const search = (type: GlobalType, action: Action, seen: Set<string>): boolean => {
  const head = headOf(type);
  if (head === undefined) return false;
  if (headMatch(head, action) !== undefined) return true;
  // Unfolding gives finitely many types up to the names of binders; one seen before has nothing new.
  const key = templateText(head);
  if (!mayPass(head, action) || seen.has(key)) return false;
  seen.add(key);
  return head.branches.some((b) => search(b.next, action, seen));
};

/** The action may happen now: at the head, or behind heads it does not depend on (spec/projection §14). */
export const enabled = (type: GlobalType, action: Action): boolean => search(type, action, new Set());

const take = (type: GlobalType, action: Action, path: ReadonlySet<string>): GlobalType | undefined => {
  const head = headOf(type);
  if (head === undefined) return undefined;
  const match = headMatch(head, action);
  if (match !== undefined) return match.next;
  // Coming round to the same type again, the action is always still ahead: it is never taken.
  const key = templateText(head);
  if (!mayPass(head, action) || path.has(key)) return undefined;
  const branches: GlobalBranch[] = [];
  for (const branch of head.branches) {
    const next = take(branch.next, action, new Set([...path, key]));
    if (next === undefined) return undefined;
    branches.push({ label: branch.label, next });
  }
  return branches.length === 0 ? undefined : { ...head, branches };
};

/** What remains after the action; nothing when it cannot happen in every branch it must pass. */
export const step = (type: GlobalType, action: Action): GlobalType | undefined =>
  take(type, action, new Set());

/** The continuation of the head communication, label compared by name only, through binders. */
export const consume = (
  type: GlobalType,
  sender: string,
  receiver: string,
  label: string,
): GlobalType | undefined => {
  const head = headOf(type);
  if (head?.sender !== sender || head.receiver !== receiver) return undefined;
  return head.branches.find((b) => b.label.name === label)?.next;
};
