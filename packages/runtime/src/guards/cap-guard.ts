import type { GuardVerdict } from "@parley/wire";
import type { Denial } from "./denial.ts";
import { denied, type Guard, readOf } from "./guard.ts";
import type { GuardSnapshot } from "./guard-snapshot.ts";

const capabilityDenial = (snapshot: GuardSnapshot, capability: string): Denial => {
  const refusal =
    snapshot.refusals !== undefined && Object.hasOwn(snapshot.refusals, capability)
      ? snapshot.refusals[capability]
      : undefined;
  return {
    code: "PAR7610",
    kind: "capability-missing",
    capability,
    ...(refusal === undefined ? {} : { refusal }),
  };
};

const operationDenial = ({ decisions = {} }: GuardSnapshot, operation: string): Denial | undefined => {
  const decision = Object.hasOwn(decisions, operation) ? decisions[operation] : undefined;
  if (decision === "allow") return undefined;
  return decision === "deny"
    ? { code: "PAR7611", kind: "authorization-denied", operation }
    : { code: "PAR7612", kind: "authorization-missing", operation };
};

/** CapGuard: the operation has its decision, and every capability named is in the frontier. */
export const CapGuard: Guard = (snapshot, request) => {
  const verdicts: GuardVerdict[] = [];
  const read = readOf(snapshot, "capability");
  if (request.operation !== undefined) {
    const denial = operationDenial(snapshot, request.operation);
    if (denial !== undefined) return denied(snapshot, denial, request.operation);
    verdicts.push({ guard: "capability", allow: true, subject: request.operation, read });
  }
  for (const capability of request.capabilities) {
    if (!snapshot.capabilities.includes(capability)) {
      const last = denied(snapshot, capabilityDenial(snapshot, capability), capability);
      return { ...last, verdicts: [...verdicts, ...last.verdicts] };
    }
    verdicts.push({ guard: "capability", allow: true, subject: capability, read });
  }
  return { verdicts, effects: [] };
};
