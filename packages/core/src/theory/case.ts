import { asyncSubtype } from "./async-subtype.ts";
import { canonicalText } from "./canonical.ts";
import { coherence } from "./coherence.ts";
import { contentId, templateId } from "./content-id.ts";
import { isRecord, stringOf, TheoryDecodeError } from "./decode-error.ts";
import { dual, isDual } from "./dual.ts";
import { decodeGlobal, encodeGlobal, type GlobalType } from "./global-type.ts";
import { decodeLabel } from "./label.ts";
import { decodeLocal, encodeLocal, type LocalTypeR } from "./local-type-r.ts";
import { merge } from "./merge.ts";
import { orphanFree } from "./orphan-free.ts";
import { project } from "./project.ts";
import { enabled, step } from "./step.ts";
import { type AnyType, depth, freeVars, partners, roles } from "./structure.ts";
import { unfold } from "./substitute.ts";
import { syncSubtype } from "./sync-subtype.ts";
import { validate, validationText } from "./validate.ts";
import {
  allCommsNonEmpty,
  allVarsBound,
  idleLoops,
  isGuarded,
  noSelfComm,
  uniqueBranchLabels,
  wellFormed,
} from "./well-formed.ts";

type Json = Record<string, unknown>;

const OPEN_TERM = "invalid format: canonical serialization requires all recursion variables to be bound";

const validation = (type: AnyType): Json => {
  const error = validate(type);
  return error === undefined ? { ok: true } : { ok: false, error: validationText(error) };
};

const idOf = (type: AnyType): unknown => contentId(type) ?? { error: OPEN_TERM };

const projectionOf = (type: GlobalType, role: string): Json => {
  const result = project(type, role);
  if (result.ok) return { ok: encodeLocal(result.type) };
  const { error } = result;
  if (error.kind === "MergeFailure") {
    return { error: { kind: error.kind, cause: error.source.kind, message: error.source.kind } };
  }
  return {
    error: {
      kind: error.kind,
      message: `empty branches in communication from ${error.sender} to ${error.receiver}`,
    },
  };
};

const globalCase = (type: GlobalType): Json => {
  const canonical = canonicalText(type);
  const verdict = coherence(type);
  return {
    ...(canonical === undefined ? {} : { canonical }),
    coherence: {
      action: verdict.action,
      good: verdict.good,
      is_coherent: verdict.isCoherent,
      linear: verdict.linear,
      projectable: verdict.projectable,
      size: verdict.size,
      uniq_labels: verdict.uniqLabels,
    },
    content_id: idOf(type),
    depth: depth(type),
    free_vars: freeVars(type),
    projections: Object.fromEntries(roles(type).map((role) => [role, projectionOf(type, role)])),
    roles: roles(type),
    template_id: templateId(type),
    validate: validation(type),
    well_formed: {
      all_comms_non_empty: allCommsNonEmpty(type),
      all_vars_bound: allVarsBound(type),
      guarded: isGuarded(type),
      no_self_comm: noSelfComm(type),
      unique_branch_labels: uniqueBranchLabels(type),
      well_formed: wellFormed(type),
      // Only where a type is well-formed all the same: the reference has no such key.
      ...(wellFormed(type) && idleLoops(type).length > 0 ? { idle_loops: idleLoops(type) } : {}),
    },
  };
};

const localCase = (type: LocalTypeR): Json => ({
  content_id: idOf(type),
  depth: depth(type),
  dual: encodeLocal(dual(type)),
  orphan_free: orphanFree(type),
  partners: partners(type),
  template_id: templateId(type),
  unfold: encodeLocal(unfold(type)),
  validate: validation(type),
  well_formed: wellFormed(type),
});

const verdictOf = (error: { readonly kind: string } | undefined): Json =>
  error === undefined ? { ok: true } : { ok: false, kind: error.kind, message: error.kind };

const subtypeCase = (a: LocalTypeR, b: LocalTypeR): Json => ({
  forward: { sync: verdictOf(syncSubtype(a, b)), async: verdictOf(asyncSubtype(a, b)) },
  backward: { sync: verdictOf(syncSubtype(b, a)), async: verdictOf(asyncSubtype(b, a)) },
  is_dual: isDual(a, b),
});

const mergeCase = (a: LocalTypeR, b: LocalTypeR): Json => {
  const merged = merge(a, b);
  return merged.ok
    ? { ok: encodeLocal(merged.type) }
    : { error: { kind: merged.error.kind, message: merged.error.kind } };
};

/** Actions are taken one after the other; the first that cannot be taken is the last that is answered. */
const stepCase = (type: GlobalType, actions: readonly unknown[]): readonly Json[] => {
  const answers: Json[] = [];
  let current = type;
  for (const [i, input] of actions.entries()) {
    const at = `$.step.${i}`;
    if (!isRecord(input)) throw new TheoryDecodeError("InvalidGlobal", at);
    const action = {
      sender: stringOf(input.sender, "InvalidGlobal", `${at}.sender`),
      receiver: stringOf(input.receiver, "InvalidGlobal", `${at}.receiver`),
      label: decodeLabel(input.label, `${at}.label`),
    };
    const next = step(current, action);
    answers.push({ enabled: enabled(current, action), next: next === undefined ? null : encodeGlobal(next) });
    if (next === undefined) break;
    current = next;
  }
  return answers;
};

const pairOf = (input: unknown, path: string): readonly [LocalTypeR, LocalTypeR] => {
  if (!Array.isArray(input) || input.length !== 2) throw new TheoryDecodeError("InvalidLocal", path);
  return [decodeLocal(input[0], `${path}.0`), decodeLocal(input[1], `${path}.1`)];
};

/**
 * Answers one case of `conformance/projection` (keys `global`, `local`,
 * `subtype`, `merge`, `step`) in the form of its golden file; texts of
 * messages are our own. Throws `TheoryDecodeError` on malformed input.
 */
export const conformanceOfProjectionCase = (input: unknown): unknown => {
  if (!isRecord(input)) throw new TheoryDecodeError("InvalidGlobal", "$");
  const result: Json = {};
  if ("global" in input) {
    const type = decodeGlobal(input.global, "$.global");
    Object.assign(result, globalCase(type));
    if (Array.isArray(input.step)) result.step = stepCase(type, input.step);
  }
  if ("local" in input) result.local = localCase(decodeLocal(input.local, "$.local"));
  if ("subtype" in input) result.subtype = subtypeCase(...pairOf(input.subtype, "$.subtype"));
  if ("merge" in input) result.merge = mergeCase(...pairOf(input.merge, "$.merge"));
  return result;
};
