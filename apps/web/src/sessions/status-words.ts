import type { NextAction, SessionSummary, SessionView } from "@parley/wire/http";
import type { IconName } from "../ui/icon.tsx";

interface Look {
  readonly word: string;
  readonly icon: IconName;
  readonly tone?: "ok" | "warn" | "bad";
}

/** A session's status: icon, word, hue. */
export const sessionLook = (status: SessionSummary["status"]): Look => {
  switch (status) {
    case "active":
      return { word: "Active", icon: "play" };
    case "completed":
      return { word: "Completed", icon: "check", tone: "ok" };
    case "faulted":
      return { word: "Faulted", icon: "warn", tone: "bad" };
    case "cancelled":
      return { word: "Cancelled", icon: "cross", tone: "warn" };
    case "closed":
      return { word: "Closed", icon: "cross" };
  }
};

type RoleView = SessionView["roles"][number];

/** A seat's status and, when it stands still, the reason. */
export const seatLook = ({ endpoints, paused }: RoleView): Look & { readonly reason?: string } => {
  const faulted = endpoints.find(({ status }) => status === "faulted");
  if (faulted?.fault && /site .* crashed/.test(faulted.fault.message))
    return { word: "Crashed", icon: "warn", tone: "bad", reason: "It can be restarted." };
  if (faulted) return { word: "Faulted", icon: "warn", tone: "bad", reason: faulted.fault?.message ?? "" };
  if (paused) return { word: "Paused", icon: "pause", tone: "warn" };
  if (endpoints.every(({ status }) => status === "done")) return { word: "Done", icon: "check", tone: "ok" };
  const asked = endpoints.find(({ wait }) => wait?.kind === "decision" || wait?.kind === "payload");
  if (asked?.wait) return { word: "To act", icon: "edit", tone: "warn", reason: asked.wait.text };
  if (endpoints.some(({ status }) => status === "ready")) return { word: "Ready", icon: "play", tone: "ok" };
  const blocked = endpoints.find(({ wait }) => wait !== null);
  return { word: "Waits", icon: "wait", reason: blocked?.wait?.text ?? "" };
};

/** Who may do what, for the announcer: `Initiator may decide`. */
export const nextWords = (next: readonly NextAction[]): string => {
  const [first] = next;
  if (!first) return "nothing is left to do";
  switch (first.kind) {
    case "decide":
      return `${first.seat} may decide`;
    case "payload":
      return `${first.seat} may send ${first.label}`;
    case "timer":
      return `a timer of ${first.seat} runs`;
    case "advance":
      return `next, ${first.seat} ${first.what}`;
  }
};

export interface Ending {
  readonly what: string;
  /** What can be done about it. */
  readonly hint: string;
}

const faultWords = (view: SessionView): string => {
  const fault = view.roles.flatMap(({ endpoints }) => endpoints).find((one) => one.fault)?.fault;
  return fault ? `Faulted: ${fault.message} (${fault.code}).` : "Faulted.";
};

/** What an ended session says and what to do about it. */
export const endWords = (view: SessionView): Ending | undefined => {
  switch (view.status) {
    case "active":
      return undefined;
    case "completed":
      return {
        what: "Completed: every role has reached its end.",
        hint: "Go back along the timeline, or fork to try another way.",
      };
    case "faulted":
      return view.broken && view.broken.crashed.length > 0
        ? {
            what: `${view.broken.crashed.join(", ")} crashed: the others go on as far as they can.`,
            hint: "Restart it from its menu, or fork at a position before.",
          }
        : { what: faultWords(view), hint: "Fork at a position before it to go another way." };
    case "cancelled":
      return {
        what: "Cancelled: nothing more can run here.",
        hint: "Fork at any position to go on from it.",
      };
    case "closed":
      return {
        what: "Closed: it can be read, not continued.",
        hint: "Fork at any position to go on from it.",
      };
  }
};
