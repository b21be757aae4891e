import { type GlobalType, unfold } from "@parley/core/theory";

/** One step of a run of a global type, as the roles see it. */
export interface GlobalAction {
  readonly kind: "sent" | "received";
  readonly from: string;
  readonly to: string;
  readonly label: string;
}

/**
 * A global type on its way: as in Deniélou and Yoshida, an exchange whose
 * message has left and has not arrived stands in the type as `flying`.
 */
export type Flying =
  | GlobalType
  | {
      readonly kind: "flying";
      readonly sender: string;
      readonly receiver: string;
      readonly label: string;
      readonly next: Flying;
    }
  | {
      readonly kind: "open";
      readonly sender: string;
      readonly receiver: string;
      readonly branches: readonly { readonly label: string; readonly next: Flying }[];
    };

const subject = ({ kind, from, to }: GlobalAction): string => (kind === "sent" ? from : to);

const branchesOf = (type: Extract<Flying, { kind: "comm" | "open" }>) =>
  type.kind === "open"
    ? type.branches
    : type.branches.map(({ label, next }) => ({ label: label.name, next: next as Flying }));

/** The type after a step, or `undefined` where the type does not have it. `laps` bounds unfolding: a loop that holds no such step has none. */
export const afterAction = (type: Flying, action: GlobalAction, laps = 4): Flying | undefined => {
  const who = subject(action);
  switch (type.kind) {
    case "end":
    case "var":
      return undefined;
    case "mu":
      return laps === 0 ? undefined : afterAction(unfold<GlobalType>(type), action, laps - 1);
    case "flying": {
      const { sender, receiver, label } = type;
      if (who === receiver)
        return action.kind === "received" && action.from === sender && action.label === label
          ? type.next
          : undefined;
      const next = afterAction(type.next, action, laps);
      return next && { ...type, next };
    }
    default: {
      const { sender, receiver } = type;
      const branches = branchesOf(type);
      if (who === sender) {
        const taken = branches.find(({ label }) => label === action.label);
        return action.kind === "sent" && action.to === receiver && taken !== undefined
          ? { kind: "flying", sender, receiver, label: taken.label, next: taken.next }
          : undefined;
      }
      if (who === receiver) return undefined;
      // Somebody who knows nothing of this exchange does the same whatever is chosen in it.
      const after = branches.map(({ label, next }) => ({ label, next: afterAction(next, action, laps) }));
      if (after.some(({ next }) => next === undefined)) return undefined;
      return {
        kind: "open",
        sender,
        receiver,
        branches: after.map(({ label, next }) => ({ label, next: next as Flying })),
      };
    }
  }
};

/** Every step that roles and labels could make, allowed or not. */
export const everyAction = (roles: readonly string[], labels: readonly string[]): readonly GlobalAction[] =>
  roles.flatMap((from) =>
    roles
      .filter((to) => to !== from)
      .flatMap((to) =>
        labels.flatMap((label): readonly GlobalAction[] => [
          { kind: "sent", from, to, label },
          { kind: "received", from, to, label },
        ]),
      ),
  );
