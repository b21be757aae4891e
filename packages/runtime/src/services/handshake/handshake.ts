import { compareVersions, showVersion, type Version } from "./version.ts";

/** What this build can do together with a peer, with the version each came in. */
export const handshakeCapabilities: { readonly [capability: string]: Version } = Object.fromEntries(
  [
    "ceremony_supersession",
    "fact_journal",
    "frost_signatures",
    "leaderless_consensus",
    "version_handshake",
  ].map((name) => [name, { major: 1, minor: 0, patch: 0 }]),
);

/** A peer's first word: before anything of a protocol is said. */
export interface HandshakeRequest {
  readonly version: Version;
  readonly minVersion: Version;
  readonly capabilities: readonly string[];
  /** 64 hex digits, said once. */
  readonly nonce: string;
}

export type HandshakeResponse =
  | {
      readonly kind: "Accepted";
      readonly version: Version;
      readonly capabilities: readonly string[];
      readonly nonce: string;
    }
  | {
      readonly kind: "Rejected";
      readonly reason: string;
      readonly receiverVersion: Version;
      readonly upgradeUrl?: string;
      readonly nonce: string;
    };

/** Who answers: its versions, what it can do, and every nonce it has seen. */
export interface HandshakeNode {
  readonly version: Version;
  readonly minVersion: Version;
  readonly capabilities: { readonly [capability: string]: Version };
  readonly upgradeUrl?: string;
}

export type HandshakeError =
  | {
      readonly code: "PAR8601";
      readonly variant: "NonceMismatch";
      readonly expected: string;
      readonly actual: string;
    }
  | {
      readonly code: "PAR8602";
      readonly variant: "Rejected";
      readonly reason: string;
      readonly peerVersion: string;
      readonly upgradeUrl?: string;
    }
  | { readonly code: "PAR8603"; readonly variant: "ReplaySuspected"; readonly nonce: string };

export const handshakeErrorText = (error: HandshakeError): string => {
  switch (error.variant) {
    case "NonceMismatch":
      return `Nonce mismatch: ${error.expected} was sent, ${error.actual} came back`;
    case "Rejected":
      return `the peer (${error.peerVersion}) refuses: ${error.reason}`;
    case "ReplaySuspected":
      return `the nonce ${error.nonce} was used before`;
  }
};

const lower = (one: Version, other: Version): Version => (compareVersions(one, other) <= 0 ? one : other);

/**
 * The version two peers speak: the lower of both, patch and all (design §7),
 * of one major version and not below what either demands.
 *
 * @example negotiateVersion({ version: v("1.2.3"), minVersion: v("1.0.0") }, { version: v("1.2.9"), … }) // 1.2.3
 */
export const negotiateVersion = (
  one: Pick<HandshakeNode, "version" | "minVersion">,
  other: Pick<HandshakeNode, "version" | "minVersion">,
): Version | undefined => {
  if (one.version.major !== other.version.major) return undefined;
  const version = lower(one.version, other.version);
  return compareVersions(version, one.minVersion) >= 0 && compareVersions(version, other.minVersion) >= 0
    ? version
    : undefined;
};

/** Capabilities both know at a version, in order: what only one of them knows is not shared. */
export const sharedCapabilities = (
  known: HandshakeNode["capabilities"],
  asked: readonly string[],
  version: Version,
): readonly string[] =>
  Object.entries(known)
    .filter(([name, since]) => asked.includes(name) && compareVersions(since, version) <= 0)
    .map(([name]) => name)
    .sort();

/** A node's answer; a nonce it has seen is a replay and gets none. */
export const answerHandshake = (
  node: HandshakeNode,
  seen: ReadonlySet<string>,
  request: HandshakeRequest,
):
  | { readonly ok: true; readonly response: HandshakeResponse; readonly seen: ReadonlySet<string> }
  | { readonly ok: false; readonly error: HandshakeError } => {
  const { nonce } = request;
  if (seen.has(nonce)) return { ok: false, error: { code: "PAR8603", variant: "ReplaySuspected", nonce } };
  const version = negotiateVersion(node, request);
  const response: HandshakeResponse =
    version === undefined
      ? {
          kind: "Rejected",
          reason: `No compatible version: local ${showVersion(node.version)} (minimum ${showVersion(
            node.minVersion,
          )}), remote ${showVersion(request.version)} (minimum ${showVersion(request.minVersion)})`,
          receiverVersion: node.version,
          nonce,
          ...(node.upgradeUrl === undefined ? {} : { upgradeUrl: node.upgradeUrl }),
        }
      : {
          kind: "Accepted",
          version,
          capabilities: sharedCapabilities(node.capabilities, request.capabilities, version),
          nonce,
        };
  return { ok: true, response, seen: new Set(seen).add(nonce) };
};

/** What is known of a peer once it has answered. */
export interface PeerVersion {
  readonly version: Version;
  readonly capabilities: readonly string[];
  /** Session time, ms. */
  readonly at: number;
}

/** Reads a peer's answer: the nonce is ours, and it accepted. Anything else ends the connection before a protocol begins. */
export const acceptHandshake = (
  request: HandshakeRequest,
  response: HandshakeResponse,
  at: number,
):
  | { readonly ok: true; readonly peer: PeerVersion }
  | { readonly ok: false; readonly error: HandshakeError } => {
  if (response.nonce !== request.nonce)
    return {
      ok: false,
      error: { code: "PAR8601", variant: "NonceMismatch", expected: request.nonce, actual: response.nonce },
    };
  if (response.kind === "Accepted")
    return { ok: true, peer: { version: response.version, capabilities: response.capabilities, at } };
  const { reason, receiverVersion, upgradeUrl } = response;
  return {
    ok: false,
    error: {
      code: "PAR8602",
      variant: "Rejected",
      reason,
      peerVersion: showVersion(receiverVersion),
      ...(upgradeUrl === undefined ? {} : { upgradeUrl }),
    },
  };
};
