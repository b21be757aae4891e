import type { KeyPort } from "../../identity/key-port.ts";
import type { TokenPort } from "../../identity/token-port.ts";
import { type Frontier, newFrontier } from "./frontier.ts";

/** What a host judges and signs with; a host without lets guards pass and says so. */
export interface AuthorityPorts {
  readonly keys: KeyPort;
  readonly frontier: Frontier;
}

/** The ports of a host that was given both. */
export const authorityPorts = (
  keys: KeyPort | undefined,
  tokens: TokenPort | undefined,
): AuthorityPorts | undefined =>
  keys === undefined || tokens === undefined ? undefined : { keys, frontier: newFrontier(tokens) };
