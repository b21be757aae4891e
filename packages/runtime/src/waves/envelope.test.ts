import type { MachineEvent } from "@parley/wire";
import { describe, expect, it } from "vitest";
import { type ExecutionPolicy, executionPolicies, policyForRef } from "../admission/execution-policy.ts";
import { commit } from "../machine/commit.ts";
import { openSession } from "../machine/open.ts";
import { plan } from "../machine/plan.ts";
import { opened } from "../testing/driven-run.ts";
import { imageOfTypes, recv, send } from "../testing/small-types.ts";
import {
  buildEnvelopeDiffArtifact,
  type EnvelopeArtifact,
  type EnvelopeDiff,
  readEnvelopeArtifact,
} from "./envelope-diff.ts";
import { envelopeParity, validateEnvelopeArtifact } from "./envelope-policy.ts";
import { type Fragment, fragmentOf } from "./fragment.ts";

const policy = (ref: string): ExecutionPolicy => {
  const found = policyForRef(ref);
  if (found === undefined) throw new Error(ref);
  return found;
};
const dkg = policy("aura.vm.dkg_ceremony.prod");
const sync = policy("aura.vm.sync_anti_entropy.prod");
const exact = policy("aura.vm.recovery_grant.prod");

const image = imageOfTypes({ A: send("B", { x: {} }), B: recv("A", { x: {} }) });

/** Two sessions of one machine, the second opened first in the other run. */
const run = (engine: string, first: number): Fragment => {
  const machine = opened(image, {
    scheduler: { kind: "fixed", priorities: first === 0 ? {} : { 2: 5, 3: 5 } },
  });
  const events: MachineEvent[] = [];
  openSession(machine);
  for (let i = 0; i < 40 && machine.live > 0; i += 1)
    events.push(...commit(machine, plan(machine), { guard: { allow: true } }).events);
  return fragmentOf(machine, events, { engine, maxWaveWidth: first + 1, tier: "replay_deterministic" });
};

const artifact = buildEnvelopeDiffArtifact(dkg, run("cooperative", 0), run("waves", 1));
const changed = (diff: Partial<EnvelopeDiff>): EnvelopeArtifact => ({
  ...artifact,
  diff: { ...artifact.diff, ...diff },
});

describe("the envelope diff of two runs", () => {
  it("that interleave sessions differently is a permutation, its effects replay deterministic", () => {
    expect(artifact.diff).toMatchObject({
      scheduler: "SessionNormalizedPermutation",
      effects: "ReplayDeterministic",
      failureVisible: "Exact",
      waveWidth: { baseline: 1, candidate: 2, declared: 2 },
    });
  });

  it("that are the same is exact", () => {
    const same = buildEnvelopeDiffArtifact(dkg, run("cooperative", 0), run("waves", 0));
    expect(same.diff).toMatchObject({ scheduler: "Exact", effects: "Exact" });
    expect(same.baselineHash).not.toBe(same.candidateHash);
  });

  it("in which something else happened is bounded by nothing but the envelope", () => {
    const other = run("waves", 0);
    const cut = { ...other, events: other.events.slice(0, -4), effects: other.effects.slice(0, -1) };
    expect(buildEnvelopeDiffArtifact(dkg, run("cooperative", 0), cut).diff).toMatchObject({
      scheduler: "EnvelopeBounded",
      effects: "EnvelopeBounded",
    });
    const crashed = { ...run("waves", 0), crashed: ["A"] };
    expect(buildEnvelopeDiffArtifact(dkg, run("cooperative", 0), crashed).diff.failureVisible).toBe(
      "EnvelopeBounded",
    );
  });

  it("is read back, and refused with another schema, a bad field or a hash that is not its own", () => {
    expect(readEnvelopeArtifact(JSON.parse(JSON.stringify(artifact)))).toEqual({ ok: true, artifact });
    const error = (value: unknown) => {
      const read = readEnvelopeArtifact(value);
      return read.ok ? undefined : read.error.kind;
    };
    expect(error({ ...artifact, schema: "protocol_machine.envelope_diff.v2" })).toBe("unknown-schema");
    expect(error(1)).toBe("unknown-schema");
    expect(error({ ...artifact, diff: { ...artifact.diff, scheduler: "Loose" } })).toBe("malformed");
    expect(error(changed({ effects: "Exact" }))).toBe("hash");
  });
});

describe("the policy of an artifact", () => {
  it("asks for one where the envelope is bounded, and only there", () => {
    expect(validateEnvelopeArtifact(sync, undefined)).toEqual({
      kind: "MissingEnvelopeArtifact",
      policy: sync.ref,
    });
    for (const one of executionPolicies.filter(({ mode }) => mode !== "threaded_envelope_bounded"))
      expect(validateEnvelopeArtifact(one, undefined)).toBeUndefined();
  });

  it("lets the permutation of a session-normalised policy pass", () => {
    expect(validateEnvelopeArtifact(dkg, artifact)).toBeUndefined();
  });

  it.each([
    ["width", dkg, { waveWidth: { baseline: 1, candidate: 3, declared: 2 } }, "EnvelopeWaveWidthExceeded"],
    ["scheduler", exact, {}, "EnvelopeSchedulerClassRejected"],
    ["scheduler", dkg, { scheduler: "EnvelopeBounded" }, "EnvelopeSchedulerClassRejected"],
    ["effects", dkg, { effects: "EnvelopeBounded" }, "EnvelopeEffectOrderingRejected"],
    ["failures", dkg, { failureVisible: "EnvelopeBounded" }, "EnvelopeFailureVisibleRejected"],
    ["tier", dkg, { tier: "strict_deterministic" }, "EnvelopeEffectTierMismatch"],
  ] as const)("refuses a %s it does not allow", (_, of, diff, kind) => {
    expect(validateEnvelopeArtifact(of, changed(diff))?.kind).toBe(kind);
  });

  it("names the first of several", () => {
    const all = changed({
      waveWidth: { baseline: 1, candidate: 9, declared: 2 },
      scheduler: "EnvelopeBounded",
      effects: "EnvelopeBounded",
      failureVisible: "EnvelopeBounded",
    });
    expect(validateEnvelopeArtifact(dkg, all)?.kind).toBe("EnvelopeWaveWidthExceeded");
    expect(envelopeParity(all)?.kind).toBe("WaveWidthExceeded");
  });

  it("bounded by the envelope allows every class, and as many steps as declared", () => {
    const wide = changed({
      waveWidth: { baseline: 1, candidate: 4, declared: 4 },
      scheduler: "EnvelopeBounded",
      effects: "EnvelopeBounded",
      failureVisible: "EnvelopeBounded",
      tier: sync.tier,
    });
    expect(validateEnvelopeArtifact(sync, wide)).toBeUndefined();
  });
});

describe("the parity gate between two runtimes", () => {
  it.each([
    [{ waveWidth: { baseline: 1, candidate: 3, declared: 2 } }, "WaveWidthExceeded"],
    [{ scheduler: "EnvelopeBounded" }, "SchedulerClassRejected"],
    [{ effects: "EnvelopeBounded" }, "EffectOrderingClassRejected"],
    [{ failureVisible: "EnvelopeBounded" }, "FailureVisibleClassRejected"],
    [{ tier: "envelope_bounded_nondeterministic" }, "EffectTierRejected"],
  ] as const)("refuses %o", (diff, kind) => {
    expect(envelopeParity(changed(diff))?.kind).toBe(kind);
  });

  it("lets a permutation pass", () => {
    expect(envelopeParity(artifact)).toBeUndefined();
  });
});
