import { type Hash, hashText, hashValue } from "@parley/wire";
import { machineHashes } from "../../machine/hash.ts";
import type { PolicyCursor } from "./decision-policy.ts";
import { type Inbox, inboxForm } from "./given.ts";
import type { SessionState } from "./session-state.ts";

const cursorHashes = new WeakMap<PolicyCursor, Hash>();

/** A cursor is replaced when it moves, so its hash is worked out once for each. */
const cursorHash = (cursor: PolicyCursor): Hash => {
  const known = cursorHashes.get(cursor) ?? hashValue("parley.cursor/1", cursor);
  cursorHashes.set(cursor, known);
  return known;
};

const inboxHash = (inbox: Inbox): Hash =>
  inbox.decisions.size + inbox.payloads.size === 0 ? "" : hashValue("parley.inbox/1", inboxForm(inbox));

/**
 * Brings the two hashes up to date after an entry. `protocolHash` is the
 * machine's: types, buffers, registers, status. `stateHash` covers all that a
 * later entry can depend on: machine, inbox, policy cursor, clock, overlay.
 */
export const rehash = (state: SessionState): void => {
  const hashes = machineHashes(state.machine);
  state.protocolHash = hashes.protocol;
  // Hashes and numbers hold no separator, so the joined text is unambiguous.
  const parts = [
    hashes.state,
    inboxHash(state.inbox),
    cursorHash(state.cursor),
    state.at,
    state.simulatedFacts,
    // Only where there are any, so that no log from before has another hash.
    ...(state.denials.length === 0 ? [] : [hashValue("parley.denials/1", state.denials)]),
    ...(state.simulatedCharges.length === 0
      ? []
      : [hashValue("parley.simulated-charges/1", state.simulatedCharges)]),
  ];
  state.stateHash = hashText(`parley.session-state/1 ${parts.join(" ")}`);
};
