import { expect, test } from "vitest";
import {
  acceptHandshake,
  answerHandshake,
  type HandshakeNode,
  type HandshakeRequest,
  handshakeCapabilities,
  handshakeErrorText,
  negotiateVersion,
} from "./handshake.ts";
import { compareVersions, parseVersion, showVersion } from "./version.ts";

const v = (text: string) => {
  const version = parseVersion(text);
  if (version === undefined) throw new Error(text);
  return version;
};
const pair = (version: string, minVersion = "1.0.0") => ({ version: v(version), minVersion: v(minVersion) });
const node = (version = "1.0.0", minVersion = "1.0.0"): HandshakeNode => ({
  ...pair(version, minVersion),
  capabilities: handshakeCapabilities,
});
const request = (over: Partial<HandshakeRequest> = {}): HandshakeRequest => ({
  ...pair("1.0.0"),
  capabilities: ["fact_journal", "frost_signatures", "teleport"],
  nonce: "aa",
  ...over,
});
const answered = (from: HandshakeNode, asked: HandshakeRequest) => {
  const result = answerHandshake(from, new Set(), asked);
  if (!result.ok) throw new Error(handshakeErrorText(result.error));
  return result.response;
};

test("versions are read whole, shown as read and compared part by part", () => {
  expect(showVersion(v("1.20.3"))).toBe("1.20.3");
  for (const text of ["1.0", "v1.0.0", "1.0.x", "1.0.0.0", ""]) expect(parseVersion(text)).toBeUndefined();
  expect(compareVersions(v("1.2.3"), v("1.10.0"))).toBeLessThan(0);
});

test("two peers speak the lower version with its patch, of one major, not below either minimum", () => {
  const of = (one: readonly [string, string?], other: readonly [string, string?]) => {
    const version = negotiateVersion(pair(...one), pair(...other));
    return version && showVersion(version);
  };
  expect(of(["1.2.3"], ["1.2.9"])).toBe("1.2.3");
  expect(of(["1.1.0"], ["1.0.0"])).toBe("1.0.0");
  expect(of(["1.0.3", "1.0.1"], ["1.0.3", "1.0.1"])).toBe("1.0.3");
  expect(of(["1.2.3"], ["1.2.9", "1.2.4"])).toBeUndefined();
  expect(of(["1.0.0"], ["99.0.0", "99.0.0"])).toBeUndefined();
});

test("an answer echoes the nonce and shares what both know", () => {
  expect(answered(node(), request())).toEqual({
    kind: "Accepted",
    version: v("1.0.0"),
    capabilities: ["fact_journal", "frost_signatures"],
    nonce: "aa",
  });
});

test("an incompatible peer is told why and where to upgrade, and no peer comes of it", () => {
  const asked = request({ ...pair("2.0.0", "2.0.0") });
  const response = answered({ ...node(), upgradeUrl: "https://example.org" }, asked);
  const read = acceptHandshake(asked, response, 1);
  if (read.ok) throw new Error("was accepted");
  expect(read.error).toMatchObject({
    variant: "Rejected",
    peerVersion: "1.0.0",
    upgradeUrl: "https://example.org",
  });
  expect(handshakeErrorText(read.error)).toContain(
    "No compatible version: local 1.0.0 (minimum 1.0.0), remote 2.0.0",
  );
});

test("a nonce that is not ours, or was seen before, is refused", () => {
  const read = acceptHandshake(request(), { ...answered(node(), request()), nonce: "bb" }, 1);
  expect(read).toMatchObject({ ok: false, error: { variant: "NonceMismatch" } });
  if (!read.ok) expect(handshakeErrorText(read.error)).toMatch(/^Nonce mismatch/);
  const first = answerHandshake(node(), new Set(), request());
  if (!first.ok) throw new Error("refused");
  expect(answerHandshake(node(), first.seen, request())).toMatchObject({
    error: { variant: "ReplaySuspected" },
  });
  expect(acceptHandshake(request(), first.response, 7)).toMatchObject({ ok: true, peer: { at: 7 } });
});
