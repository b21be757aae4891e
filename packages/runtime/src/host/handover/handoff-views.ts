import type { HandoffView } from "@parley/wire/http";
import type { OwnershipReceipt } from "../../ownership/index.ts";
import {
  type HandoffKey,
  type HandoffReceipt,
  handoffReceipt,
  verifyHandoff,
  violationText,
} from "../../reconfiguration/index.ts";
import type { HostCore } from "../core.ts";
import { handoffKey } from "../streams/authority-state.ts";
import type { Handover } from "../streams/handover-records.ts";
import type { KeyRecord } from "../streams/key-records.ts";
import { getFrom } from "../streams/persistent-map.ts";
import { boundaryJson, executionJson, footprintJson, scopeJson } from "./to-json.ts";

/** The receipt of a handoff that was carried out, made again from its record. */
export const receiptOf = ({ receipt: delegation, witness }: Handover): HandoffReceipt => {
  const { ownershipReceipt: ownership, context, boundary } = witness;
  if (ownership === undefined) throw new Error("a handoff of a live session has an ownership receipt");
  return handoffReceipt({ ownership, delegation, context, boundary });
};

const ownershipJson = (receipt: OwnershipReceipt): NonNullable<HandoffView["previous"]> => ({
  ...receipt,
  scope: scopeJson(receipt.scope),
});

const receiptJson = ({
  ownership,
  delegation,
  boundary,
  ...rest
}: HandoffReceipt): HandoffView["receipt"] => ({
  ...rest,
  ownership: ownershipJson(ownership),
  delegation: {
    ...delegation,
    from_before: footprintJson(delegation.from_before),
    from_after: footprintJson(delegation.from_after),
    to_before: footprintJson(delegation.to_before),
    to_after: footprintJson(delegation.to_after),
  },
  boundary: boundaryJson(boundary),
});

/** The device keys of an authority, present and past. */
const keysOf = (core: HostCore, authority: string): readonly HandoffKey[] =>
  (core.authorities.get(authority)?.durable.keys ?? []).flatMap(({ device, key, epoch, retired }) =>
    device === undefined ? [] : [{ authority, device, key, from: epoch, until: retired?.epoch ?? null }],
  );

const signaturesOf = (core: HostCore, { id, ownership }: HandoffReceipt) =>
  (["from", "to"] as const).flatMap((role) => {
    const authority = role === "from" ? ownership.fromOwner : ownership.toOwner;
    const handoffs = core.authorities.get(authority)?.durable.handoffs;
    return (handoffs && getFrom(handoffs, handoffKey(id, role))) ?? [];
  });

const coherenceText = ({ coherence }: Handover["witness"]): string =>
  coherence.kind === "Violations" ? coherence.violations.map(violationText).join("; ") : coherence.kind;

/** A view with the states of both authorities it was made of. */
interface Made {
  readonly of: readonly (readonly KeyRecord[] | undefined)[];
  readonly view: HandoffView;
}

const made = new WeakMap<Handover, Made>();

/** Verified once for each handoff, and again when a key of either side was bound or retired. */
export const handoffView = (
  core: HostCore,
  handover: Handover,
  previous: OwnershipReceipt | undefined,
): HandoffView => {
  const { from_authority, to_authority } = handover.receipt;
  const of = [from_authority, to_authority].map((one) => core.authorities.get(one)?.durable.keys);
  const known = made.get(handover);
  if (known?.of.every((keys, at) => keys === of[at])) return known.view;
  const view = makeView(core, handover, previous);
  // A signature that is not durable yet is looked for again.
  if (view.signatures.length === 2) made.set(handover, { of, view });
  return view;
};

/** A handoff with signatures, keys and every step of its verification. */
const makeView = (
  core: HostCore,
  handover: Handover,
  previous: OwnershipReceipt | undefined,
): HandoffView => {
  const { input, witness, at } = handover;
  const receipt = receiptOf(handover);
  const { fromOwner, toOwner } = receipt.ownership;
  const signatures = signaturesOf(core, receipt);
  const keys = [...new Set([fromOwner, toOwner])].flatMap((authority) => keysOf(core, authority));
  const { ok, steps } = verifyHandoff(receipt, signatures, keys, previous);
  return {
    receipt: receiptJson(receipt),
    signatures: [...signatures],
    keys: [...keys],
    previous: previous === undefined ? null : ownershipJson(previous),
    seq: input.position,
    at,
    bundle: witness.bundle,
    movedFragments: [...witness.movedFragments],
    coherence: coherenceText(witness),
    fact: { context: witness.context, id: input.fact },
    upgrade: witness.upgradeExecution === undefined ? null : executionJson(witness.upgradeExecution),
    verified: ok,
    steps: [...steps],
  };
};

/** Handoffs of one session in order, each checked against the one before it. */
export const handoffViews = (core: HostCore, handovers: readonly Handover[]): readonly HandoffView[] =>
  handovers.map((one, at) => handoffView(core, one, handovers[at - 1]?.witness.ownershipReceipt));
