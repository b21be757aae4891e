import type { EffectStream, EnvelopeView } from "@parley/wire/http";
import { policyForRef } from "../../admission/execution-policy.ts";
import { auraEffectOf } from "../../effects/aura-events.ts";
import type { EnvelopeArtifact } from "../../waves/envelope-diff.ts";
import {
  type EnvelopeError,
  envelopeParity,
  needsEnvelopeArtifact,
  type ParityError,
  validateEnvelopeArtifact,
} from "../../waves/envelope-policy.ts";
import type { HostCore } from "../core.ts";
import { done, type Result, refused } from "../host-error.ts";
import { compareWithCanonical } from "../session/canonical-run.ts";
import { readPositions } from "./read-log.ts";
import { withState } from "./read-view.ts";

type Rejected = NonNullable<EnvelopeView["rejected"]>;

/** What an error expected and what it found, in words. */
const rejected = (error: EnvelopeError | ParityError): Rejected => {
  const { kind } = error;
  if ("declared" in error) {
    const [expected, actual] = [`at most ${error.declared}`, String(error.candidate)];
    return { kind, expected, actual, text: `a wave of ${actual} steps, ${expected} declared` };
  }
  if ("policy" in error)
    return { kind, expected: "an artifact", actual: "none", text: `${error.policy} demands a diff artifact` };
  const expected =
    "allowed" in error
      ? error.allowed.join(" or ")
      : "expected" in error
        ? error.expected
        : "a stricter class";
  return { kind, expected, actual: error.actual, text: `${error.actual}, where ${expected} is allowed` };
};

const mutableDiff = (artifact: EnvelopeArtifact): NonNullable<EnvelopeView["artifact"]> => ({
  ...artifact,
  diff: { ...artifact.diff, waveWidth: { ...artifact.diff.waveWidth } },
});

/** Entries read at once. */
const PAGE = 5_000;

const entriesTo = async (core: HostCore, id: string, at: number) => {
  const entries: Awaited<ReturnType<typeof readPositions>>[number][] = [];
  while (entries.length <= at) {
    const page = await readPositions(core.store, id, entries.length, Math.min(PAGE, at + 1 - entries.length));
    if (page.length === 0) break;
    entries.push(...page);
  }
  return entries;
};

/**
 * The diff artifact of a session at a position, with what its policy and the
 * parity gate say of it. It is a fold of the log, like everything of a
 * session: it is kept as long as the log is, and the same for whoever asks.
 */
export const readEnvelope = async (
  core: HostCore,
  id: string,
  at?: number,
): Promise<Result<EnvelopeView>> => {
  const found = await withState(core, id, at, ({ pin, image, position }) => ({ pin, image, position }));
  if (!found.ok) return found;
  const { pin, image, position } = found.value;
  const policy = policyForRef(pin.policy);
  const none = {
    at: position,
    policy: pin.policy,
    needed: false,
    artifact: null,
    rejected: null,
    parity: null,
  };
  if (policy === undefined) return done(none);
  const needed = needsEnvelopeArtifact(policy);
  if (pin.execution?.waves === undefined) {
    const missing = validateEnvelopeArtifact(policy, undefined);
    return done({ ...none, needed, rejected: missing === undefined ? null : rejected(missing) });
  }
  const entries = (await entriesTo(core, id, position)).map(({ stored }) => stored);
  const compared = compareWithCanonical(entries, pin, image, policy);
  if (typeof compared === "string")
    return refused({ code: "PAR7501", kind: "read-only-session", session: id, why: compared });
  const { artifact } = compared;
  const broken = validateEnvelopeArtifact(policy, artifact);
  const parity = envelopeParity(artifact);
  return done({
    ...none,
    needed,
    artifact: mutableDiff(artifact),
    rejected: broken === undefined ? null : rejected(broken),
    parity: parity === undefined ? null : rejected(parity),
  });
};

/** The effect events of a session's entries from a position on, each with its place in the log. */
export const readEffects = async (
  core: HostCore,
  id: string,
  from: number,
  limit: number,
): Promise<Result<EffectStream>> => {
  const found = await withState(core, id, undefined, (_state, head) => head);
  if (!found.ok) return found;
  const head = found.value;
  const entries = await readPositions(core.store, id, from, Math.min(limit, Math.max(0, head + 1 - from)));
  const items = entries.flatMap(({ position, stored }) =>
    stored.entry.events.flatMap((event, index) => {
      const effect = auraEffectOf(event);
      return effect === undefined ? [] : [{ seq: position, index, ...effect }];
    }),
  );
  return done({ items, head });
};
