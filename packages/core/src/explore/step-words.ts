import type { TraceStep } from "./exploration.ts";

const message = ({ label, payload }: TraceStep): string => (payload === "" ? label : `${label}(${payload})`);

/** One step of a run in words: `Buyer sends Order(Nat) to Shop`. */
export const stepWords = (step: TraceStep): string => {
  const { role, kind, peer, label } = step;
  switch (kind) {
    case "send":
      return `${role} ${step.among > 1 ? "decides for" : "sends"} ${message(step)} ${step.among > 1 ? "and tells" : "to"} ${peer}`;
    case "receive":
      return `${role} receives ${message(step)} from ${peer}`;
    case "decide":
      return `${role} decides for ${label}`;
    case "expire":
      return label === "cancel" ? `${role} is cancelled` : `${role}'s time is up`;
    case "discard":
      return `${message(step)} from ${peer} is thrown away: ${role} has left the scope it belongs to`;
    case "interrupt":
      return `${role} leaves the scope: ${peer} says ${label}`;
  }
};
