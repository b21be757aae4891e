import type { Composition } from "@parley/wire";

/** What the shipped composition gives: who it is, what it may, and the session it opened. */
export interface AuthenticationResult {
  readonly identity: unknown;
  readonly capabilities: unknown;
  readonly session: unknown;
}

/** Some of what its messages ask for is nobody's until it is granted for the session. */
const open = { grant: "declared" } as const;

/** Two parties get to know each other, agree on what they can do, and open a session: each phase takes what came before. */
export const authentication: Composition = {
  kind: "sequential",
  name: "Authentication",
  phases: [
    { name: "identity", protocol: "invitation", uses: [], open },
    { name: "capabilities", protocol: "rendezvous", uses: ["identity"], open },
    { name: "session", protocol: "session_coordination", uses: ["identity", "capabilities"], open },
  ],
};

/** Every composition that ships, by name. */
export const shippedCompositions: ReadonlyMap<string, Composition> = new Map([
  [authentication.name, authentication],
]);
