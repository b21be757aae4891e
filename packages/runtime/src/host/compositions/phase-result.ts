import type { MachineEvent, PhaseResult } from "@parley/wire";
import { valueToJson } from "../commands/values.ts";
import type { HostCore } from "../core.ts";
import { readPositions } from "../views/read-log.ts";

const PAGE = 1_024;
/** Roles a result names at most. */
const MAX_ROLES = 256;

type Sent = Extract<MachineEvent, { readonly kind: "sent" | "received" }>;

const isMessage = (event: MachineEvent): event is Sent =>
  event.kind === "sent" && event.control === undefined;

/** What a payload says: of JSON the value, else its text. */
const said = (payload: Sent["payload"]): unknown => {
  if (payload.kind === "unit") return null;
  const json = valueToJson(payload);
  if (json.kind !== "opaque") return "value" in json ? json.value : json;
  try {
    return JSON.parse(json.json);
  } catch {
    return json.json;
  }
};

/** What a phase gives: of each role the label and payload of the last message it sent. */
export const phaseResult = async (core: Pick<HostCore, "store">, session: string): Promise<PhaseResult> => {
  const last = new Map<string, { readonly label: string; readonly payload: unknown }>();
  for (let from = 0; ; from += PAGE) {
    const page = await readPositions(core.store, session, from, PAGE);
    for (const { stored } of page)
      for (const event of stored.entry.events) {
        if (!isMessage(event)) continue;
        const { from: role } = event.edge;
        if (last.has(role) || last.size < MAX_ROLES)
          last.set(role, { label: event.label, payload: said(event.payload) });
      }
    if (page.length < PAGE) break;
  }
  return Object.fromEntries([...last].sort(([a], [b]) => (a < b ? -1 : 1)));
};
