import type { TraceStep } from "./exploration.ts";

const message = ({ label, payload }: TraceStep): string => (payload === "" ? label : `${label}(${payload})`);

/** What a control frame says, by the end of its label: `timeout` of `2:timeout`. Names of messages hold no colon. */
const toldIn = (label: string): string | undefined =>
  label.includes(":") ? label.slice(label.lastIndexOf(":") + 1) : undefined;

/** One step of a run in words: `Buyer sends Order(Nat) to Shop`. */
export const stepWords = (step: TraceStep): string => {
  const { role, kind, peer, label } = step;
  const told = toldIn(label);
  switch (kind) {
    case "send":
      if (told !== undefined) return `${role} tells ${peer}: ${told}`;
      return `${role} ${step.among > 1 ? "decides for" : "sends"} ${message(step)} ${step.among > 1 ? "and tells" : "to"} ${peer}`;
    case "receive":
      if (told !== undefined) return `${role} is told by ${peer}: ${told}`;
      return `${role} receives ${message(step)} from ${peer}`;
    case "decide":
      return `${role} decides for ${label}`;
    case "expire":
      return label === "cancel" ? `${role} is cancelled` : `${role}'s time is up`;
    case "discard":
      return `${message(step)} from ${peer} is thrown away: ${role} has left the scope it belongs to`;
    case "interrupt":
      return `${role} leaves the scope: ${peer} says ${told ?? label}`;
  }
};
