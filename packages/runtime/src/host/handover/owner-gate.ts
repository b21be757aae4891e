import type { SessionInput } from "@parley/wire";
import { checkFullSession } from "../../ownership/index.ts";
import type { HostCore } from "../core.ts";
import type { HostError } from "../host-error.ts";
import { ownerRefused } from "./handover-error.ts";

/** Whether an input needs an owner of the whole session: what ends it for everybody. */
const needsWhole = (input: SessionInput): boolean =>
  input.kind === "close" || (input.kind === "cancel" && input.scope === undefined);

/**
 * Why inputs are refused for want of an owner of the whole session (PAR8323).
 * A session that was never handed over, or was given up, asks nothing.
 */
export const ownerGate = (
  core: Pick<HostCore, "workspace">,
  session: string,
  inputs: readonly SessionInput[],
): HostError | undefined => {
  const { owners } = core.workspace.tentative.handover;
  const held = owners.records.get(session);
  const input = inputs.find(needsWhole);
  if (held === undefined || input === undefined) return undefined;
  const error = checkFullSession(owners, held);
  return error && ownerRefused(session, input.kind, error);
};
