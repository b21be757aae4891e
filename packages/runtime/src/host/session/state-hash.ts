import { hashValue } from "@parley/wire";
import { machineHashes } from "../../machine/hash.ts";
import { inboxForm } from "./given.ts";
import type { SessionState } from "./session-state.ts";

/**
 * Brings the two hashes up to date after an entry. `protocolHash` is the
 * machine's: types, buffers, registers, status. `stateHash` covers all that a
 * later entry can depend on: machine, inbox, policy cursor, clock, overlay.
 */
export const rehash = (state: SessionState): void => {
  const hashes = machineHashes(state.machine);
  state.protocolHash = hashes.protocol;
  state.stateHash = hashValue("parley.session-state/1", [
    hashes.state,
    inboxForm(state.inbox),
    state.cursor,
    state.at,
    state.simulatedFacts,
  ]);
};
