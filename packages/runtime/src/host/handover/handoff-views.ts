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
import { getFrom } from "../streams/persistent-map.ts";

/** The receipt of a handoff that was carried out, made again from its record. */
export const receiptOf = ({ receipt: delegation, witness }: Handover): HandoffReceipt => {
  const { ownershipReceipt: ownership, context, boundary } = witness;
  if (ownership === undefined) throw new Error("a handoff of a live session has an ownership receipt");
  return handoffReceipt({ ownership, delegation, context, boundary });
};

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

const jsonOf = <T>(value: unknown): T => value as T;

/** A handoff with signatures, keys and every step of its verification. */
export const handoffView = (
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
  return jsonOf<HandoffView>({
    receipt,
    signatures,
    keys,
    previous: previous ?? null,
    seq: input.position,
    at,
    bundle: witness.bundle,
    movedFragments: witness.movedFragments,
    coherence: coherenceText(witness),
    fact: { context: witness.context, id: input.fact },
    upgrade: witness.upgradeExecution ?? null,
    verified: ok,
    steps,
  });
};

/** Handoffs of one session in order, each checked against the one before it. */
export const handoffViews = (core: HostCore, handovers: readonly Handover[]): readonly HandoffView[] =>
  handovers.map((one, at) => handoffView(core, one, handovers[at - 1]?.witness.ownershipReceipt));
