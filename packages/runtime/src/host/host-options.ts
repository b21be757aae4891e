import type { KeyPort } from "../identity/key-port.ts";
import type { TokenPort } from "../identity/token-port.ts";
import type { HandshakeNode } from "../services/handshake/handshake.ts";
import type { ClockPort, DraftStore, LogStore, RandomPort } from "./ports.ts";

/** A protocol shipped with the studio: seeded once, a newer text adds a version. */
export interface SeedProtocol {
  readonly id: string;
  readonly name: string;
  readonly namespace?: string;
  readonly source: string;
  /** Markdown. */
  readonly page: string | null;
  readonly scenario: {
    readonly title: string;
    readonly families: { readonly [family: string]: number };
    readonly names: { readonly [name: string]: number };
  } | null;
  /** Scenarios it is simulated with; TOML. */
  readonly simulations?: readonly { readonly name: string; readonly text: string }[];
}

/** What only tests ask of a host: failures that cannot be had otherwise. */
export interface HostTesting {
  /** Offers runs of migrations that fail half way. */
  readonly failingMigrations?: boolean;
  /** What devices of an authority answer to a handshake, where that is not this build's own. */
  peers?: { readonly [authority: string]: HandshakeNode };
}

/** Everything a host needs from outside. */
export interface HostOptions {
  readonly store: LogStore;
  readonly drafts: DraftStore;
  readonly clock: ClockPort;
  readonly random: RandomPort;
  /**
   * Keys and tokens: with both, guards are judged and receipts signed; a host
   * that lacks one lets guards pass.
   */
  readonly keys?: KeyPort;
  readonly tokens?: TokenPort;
  /** The label of the backend sessions are asked to run on; shown beside the one there is. */
  readonly backend?: string;
  readonly seed?: readonly SeedProtocol[];
  /** Lets other work run between two units of a long run; resolves at once by default. */
  readonly yield?: () => Promise<void>;
  /** Live states of sessions kept in memory; others are folded again when asked for. Default 1,024. */
  readonly liveSessions?: number;
  readonly testing?: HostTesting;
}
