import { hexToBytes } from "@noble/hashes/utils.js";
import { encodeCanonical, type HandoffSignature, type Hash, type SessionFootprint } from "@parley/wire";
import { verify } from "../identity/verify-signature.ts";
import { type OwnershipReceipt, ownershipReceiptId, sameScope, showScope } from "../ownership/index.ts";
import { placeSession } from "./footprint.ts";
import { type HandoffReceipt, handoffReceiptId, handoffTranscript } from "./handoff-receipt.ts";

export type HandoffStepName =
  | "ownership-id"
  | "receipt-id"
  | "from-signature"
  | "from-key"
  | "to-signature"
  | "to-key"
  | "generation"
  | "agreement"
  | "footprints";

/** One step of a verification, passed or failed, with the values compared. */
export interface HandoffStep {
  readonly step: HandoffStepName;
  readonly ok: boolean;
  /** What was found, for people. */
  readonly detail: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** A key an authority bound to one of its devices. */
export interface HandoffKey {
  readonly authority: string;
  readonly device: string;
  readonly key: string;
  /** The first epoch in which it counts. */
  readonly from: number;
  /** The last one; null while it is bound. */
  readonly until: number | null;
}

/** The verdict on a handoff: every step, also after one that failed. */
export interface HandoffVerdict {
  readonly ok: boolean;
  readonly steps: readonly HandoffStep[];
}

type Fields = Omit<HandoffStep, "step" | "ok" | "detail">;

const step = (name: HandoffStepName, ok: boolean, detail: string, fields: Fields = {}): HandoffStep => ({
  step: name,
  ok,
  detail,
  ...fields,
});

/** What has no canonical bytes (a float of a foreign file) has no id. */
const idStep = (name: HandoffStepName, actual: Hash, make: () => Hash, of: string): HandoffStep => {
  try {
    const expected = make();
    const ok = expected === actual;
    return step(name, ok, ok ? `The hash of ${of}.` : `Not the hash of ${of}.`, { expected, actual });
  } catch {
    return step(name, false, `What it says of ${of} has no canonical bytes.`, { actual });
  }
};

type Role = HandoffSignature["role"];

const signerOf = ({ ownership }: HandoffReceipt, role: Role): string =>
  role === "from" ? ownership.fromOwner : ownership.toOwner;

const signatureStep = (
  receipt: HandoffReceipt,
  role: Role,
  signed: HandoffSignature | undefined,
): HandoffStep => {
  const name = `${role}-signature` as const;
  const who = signerOf(receipt, role);
  if (signed === undefined) return step(name, false, `${who} has not signed.`);
  if (signed.authority !== who)
    return step(name, false, `Signed by another authority.`, { expected: who, actual: signed.authority });
  const formed = /^[0-9a-f]{64}$/.test(signed.key) && /^[0-9a-f]{128}$/.test(signed.signature);
  const ok =
    formed && verify(signed.key, handoffTranscript(receipt.id, signed), hexToBytes(signed.signature));
  return step(
    name,
    ok,
    ok ? `Signed by ${signed.device} of ${who}.` : "The receipt was not signed by the key it names.",
    { actual: signed.key },
  );
};

const keyStep = (
  receipt: HandoffReceipt,
  role: Role,
  signed: HandoffSignature | undefined,
  keys: readonly HandoffKey[],
): HandoffStep => {
  const name = `${role}-key` as const;
  const who = signerOf(receipt, role);
  if (signed === undefined) return step(name, false, "There is no key to look at.");
  const bound = keys.find(
    ({ authority, device, key }) => authority === who && device === signed.device && key === signed.key,
  );
  if (bound === undefined)
    return step(name, false, `${who} never bound this key to ${signed.device}.`, { actual: signed.key });
  const ok = bound.from <= signed.epoch && (bound.until === null || signed.epoch <= bound.until);
  return step(
    name,
    ok,
    ok
      ? `Bound to ${signed.device} in epoch ${signed.epoch}.`
      : `Not a key of ${signed.device} in epoch ${signed.epoch}.`,
    { actual: signed.key },
  );
};

const generationStep = (
  { ownership }: HandoffReceipt,
  previous: OwnershipReceipt | undefined,
): HandoffStep => {
  const { fromOwner, fromGeneration, toGeneration, claim } = ownership;
  const before = previous?.toGeneration ?? 1;
  const follows = fromGeneration === before && (previous?.toOwner ?? fromOwner) === fromOwner;
  const ok = follows && toGeneration === fromGeneration + 1 && claim === toGeneration;
  return step(
    "generation",
    ok,
    ok
      ? `Generation ${toGeneration} follows ${fromGeneration}.`
      : follows
        ? "A handoff makes the next generation, and this one does not."
        : "It does not begin where the handoff before it ended.",
    {
      expected: `${previous?.toOwner ?? fromOwner} ${before} → ${before + 1}`,
      actual: `${fromOwner} ${fromGeneration} → ${toGeneration}`,
    },
  );
};

const agreementStep = ({ ownership, delegation, boundary }: HandoffReceipt): HandoffStep => {
  const pairs: readonly (readonly [what: string, one: string, other: string])[] = [
    ["session", ownership.session, delegation.session_id],
    ["giver", ownership.fromOwner, delegation.from_authority],
    ["receiver", ownership.toOwner, delegation.to_authority],
    ["bundle", delegation.bundle_id ?? "none", boundary.bundle ?? "none"],
    ["scope", showScope(ownership.scope), showScope(boundary.scope)],
  ];
  const differs = pairs.find(([, one, other]) => one !== other);
  if (differs !== undefined) {
    const [what, expected, actual] = differs;
    return step("agreement", false, `The two receipts name another ${what}.`, { expected, actual });
  }
  const ok = sameScope(ownership.scope, boundary.scope);
  return step("agreement", ok, "Both receipts are of one handoff: session, sides, bundle, scope.");
};

const text = (footprint: SessionFootprint): string => {
  const { native, delegatedIn, delegatedOut } = footprint;
  return `native ${native.join(" ")}; in ${delegatedIn.join(" ")}; out ${delegatedOut.join(" ")}`;
};

const same = (one: SessionFootprint, other: SessionFootprint): boolean => {
  const [a, b] = [encodeCanonical(one), encodeCanonical(other)];
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
};

const footprintStep = ({ delegation }: HandoffReceipt): HandoffStep => {
  const { session_id: session, from_authority: from, to_authority: to } = delegation;
  const { from_before, from_after, to_before, to_after } = delegation;
  const given = placeSession(from_before, session, from === to ? "delegatedIn" : "delegatedOut");
  const taken = placeSession(to_before, session, "delegatedIn");
  const held =
    from_before.native.includes(session) ||
    from_before.delegatedIn.includes(session) ||
    from_before.delegatedOut.includes(session);
  if (!held) return step("footprints", false, `${from} had nothing to do with ${session}.`);
  const wrong = !same(given, from_after)
    ? ([given, from_after, from] as const)
    : !same(taken, to_after)
      ? ([taken, to_after, to] as const)
      : undefined;
  if (wrong === undefined)
    return step("footprints", true, `${session} left ${from} and came to ${to}; nothing else moved.`);
  const [expected, actual, who] = wrong;
  return step("footprints", false, `The footprint of ${who} does not follow from the one before.`, {
    expected: text(expected),
    actual: text(actual),
  });
};

/**
 * Checks a handoff step by step: both ids are hashes of what they name, both
 * sides signed with keys bound to their devices in that epoch, the generation
 * follows the one before, both receipts are of one handoff, and the footprints
 * moved this session and nothing else. All steps are made, so each can be
 * shown; none reads anything but its arguments.
 *
 * @example verifyHandoff(receipt, signatures, keys).ok
 */
export const verifyHandoff = (
  receipt: HandoffReceipt,
  signatures: readonly HandoffSignature[],
  keys: readonly HandoffKey[],
  previous?: OwnershipReceipt,
): HandoffVerdict => {
  const of = (role: Role) => signatures.find((one) => one.role === role);
  const steps: readonly HandoffStep[] = [
    idStep(
      "ownership-id",
      receipt.ownershipId,
      () => ownershipReceiptId(receipt.ownership),
      "the change of owner",
    ),
    idStep("receipt-id", receipt.id, () => handoffReceiptId(receipt), "both receipts"),
    signatureStep(receipt, "from", of("from")),
    keyStep(receipt, "from", of("from"), keys),
    signatureStep(receipt, "to", of("to")),
    keyStep(receipt, "to", of("to"), keys),
    generationStep(receipt, previous),
    agreementStep(receipt),
    footprintStep(receipt),
  ];
  return { ok: steps.every(({ ok }) => ok), steps };
};
