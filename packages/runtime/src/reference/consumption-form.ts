import { hashValue, type MachineEvent } from "@parley/wire";
import type { MachineConfig } from "../machine/config.ts";
import type { Json, JsonObject } from "./json.ts";

const EMPTY = hashValue("parley.consumption/1", []);

/** What was consumed and the chain over it; the digests are ours, the reference's byte form is its own. */
export interface Consumption {
  readonly records: readonly JsonObject[];
  readonly root: Json;
}

export const consumption = (events: readonly MachineEvent[], config: MachineConfig): Consumption => {
  const records: JsonObject[] = [];
  let root: string = EMPTY;
  for (const event of events) {
    if (event.kind !== "received") continue;
    const { edge, label, seq, tick } = event;
    const identity = {
      domain_tag: "telltale.comm.identity.v1",
      label,
      payload_digest: `hex:${hashValue("parley.payload/1", event.payload)}`,
      receiver: edge.to,
      sender: edge.from,
      sequence_no: seq,
      sid: edge.sid,
      step_kind: "receive",
    };
    const next = hashValue("parley.consumption/1", [root, identity]);
    const pre = config.replay === "off" ? next : root;
    records.push({ identity, mode: config.replay, tick, pre_root: `hex:${pre}`, post_root: `hex:${next}` });
    root = next;
  }
  return { records, root: `hex:${root}` };
};
