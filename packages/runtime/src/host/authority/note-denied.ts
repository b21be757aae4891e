import type { SessionState } from "../session/session-state.ts";

/** Notes whether the host has to move a session on when what a denied seat read changes. */
export const noteDenied = (denied: Set<string>, state: SessionState): void => {
  const watches = state.denials.length > 0 && state.pin.drive === "eager" && state.fork === undefined;
  if (watches) denied.add(state.stream);
  else denied.delete(state.stream);
};
