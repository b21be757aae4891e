import type { MachineEvent } from "@parley/wire";

/**
 * The session an event belongs to, or nothing for those that count as barriers
 * between sessions (spec/machine-surfaces.md §16): who halted, faulted or
 * blocked is an affair of the machine.
 */
export const sessionOf = (event: MachineEvent): number | undefined => {
  switch (event.kind) {
    case "sent":
    case "received":
    case "offered":
    case "chose":
    case "discarded":
      return event.edge.sid;
    case "opened":
    case "completed":
    case "closed":
    case "cancelled":
    case "expired":
      return event.sid;
    case "observed": {
      const { session } = event.fields;
      return typeof session === "number" ? session : undefined;
    }
    default:
      return undefined;
  }
};
