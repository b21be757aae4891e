import type { OpenSessionRequest, SessionView } from "@parley/wire/http";
import { operator } from "../host/caller.ts";
import { createHost } from "../host/host.ts";
import type { Host } from "../host/host-api.ts";
import type { HostOptions } from "../host/host-options.ts";
import { memoryStore } from "../host/memory-store.ts";
import type { DraftStore, LogStore } from "../host/ports.ts";
import { type SimulatedClock, seededRandom, simulatedClock } from "./fixed-ports.ts";
import { fixtureKeys, fixtureTokens } from "./fixture-identity.ts";

/** A host in memory with clock and randomness under the test's control. */
export interface HostFixture {
  readonly host: Host;
  readonly store: LogStore & DraftStore;
  readonly clock: SimulatedClock;
}

/** A host over a store, by default a fresh one in memory; a port that is given as undefined is left out. */
export const hostFixture = async (
  options: Partial<Omit<HostOptions, "store" | "drafts" | "clock" | "keys" | "tokens">> & {
    readonly store?: LogStore & DraftStore;
    readonly keys?: HostOptions["keys"] | undefined;
    readonly tokens?: HostOptions["tokens"] | undefined;
  } = {},
): Promise<HostFixture> => {
  const store = options.store ?? memoryStore();
  const clock = simulatedClock();
  const { keys, tokens, ...others } = {
    random: seededRandom(),
    keys: fixtureKeys(),
    tokens: fixtureTokens(),
    ...options,
  };
  const ports = { ...(keys === undefined ? {} : { keys }), ...(tokens === undefined ? {} : { tokens }) };
  const host = await createHost({ ...others, ...ports, store, drafts: store, clock });
  return { host, store, clock };
};

/** Saves a text as a new protocol and opens a session of it, granted what it declares; throws with the refusal when it is refused. */
export const openText = async (
  host: Host,
  source: string,
  request: Omit<OpenSessionRequest, "protocol"> = {},
): Promise<SessionView> => {
  const created = await host.createProtocol(operator, { name: "Test", source });
  if (!created.ok) throw new Error(JSON.stringify(created.error));
  const opened = await host.openSession(operator, {
    protocol: created.value.id,
    grant: "declared",
    ...request,
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return opened.value.session;
};
