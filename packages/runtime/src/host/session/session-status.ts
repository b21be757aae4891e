import type { Machine } from "../../machine/state.ts";
import { HOSTED_SESSION } from "./endpoints.ts";
import type { SessionStatusName } from "./session-state.ts";

/** How the hosted session stands. */
export const sessionStatus = (machine: Machine): SessionStatusName =>
  machine.sessions.get(HOSTED_SESSION)?.status.kind ?? "closed";
