import { analyse, type BoundProtocol, bind, type LocalType, projectAll } from "@parley/core";
import { describe, expect, test } from "vitest";
import {
  fullContracts,
  inventoryFromPairs,
  inventoryOf,
  noContracts,
} from "../admission/capability-inventory.ts";
import { capabilityRef } from "../admission/capability-ref.ts";
import { manifestOf } from "../admission/manifest.ts";
import type { Registration } from "../admission/registry.ts";
import { noSignals } from "../admission/scheduler-choice.ts";
import { defaultTermination } from "../admission/termination-limit.ts";
import { machineHashes } from "../machine/hash.ts";
import { ChoreoEngine } from "./choreo-engine.ts";
import { defaultEngineConfig, engineConfigError } from "./engine-config.ts";
import {
  type OpenManifestOptions,
  openManifestVmSessionAdmitted,
} from "./open-manifest-vm-session-admitted.ts";
import { QueuedBridgeHandler } from "./queued-bridge.ts";
import { replayRecording } from "./recording.ts";
import { roleScopedImage } from "./role-scoped-image.ts";

const source = `module talk exposing (Talk)
protocol Talk =
  roles A, B
  A { guard_capability : "chat:message:send", flow_cost : 10 } -> B : Ask of String
  choice B at
    | Yes =>
      B -> A : Yes of String
    | No =>
      B -> A : No of String
`;
const longSource = `module talk exposing (Talk)
protocol Talk =
  roles A, B
  A -> B : One of String
  A -> B : Two of String
  A -> B : Three of String
`;

const artifactsOf = (text: string) => {
  const { kernel } = analyse(text);
  if (kernel === undefined) throw new Error("the source does not check");
  const bound = bind(kernel, { families: {}, names: {} });
  if (!bound.ok) throw new Error("the source does not bind");
  return {
    manifest: manifestOf(kernel),
    globalType: bound.protocol as BoundProtocol,
    localTypes: projectAll(bound.protocol).locals as Record<string, LocalType>,
  };
};
const talk = artifactsOf(source);
const long = artifactsOf(longSource);
const registered: Registration = {
  protocolId: "talk.Talk",
  class: "RecoveryGrant",
  budget: 0,
  policy: "aura.vm.prod.default",
};
const open = (
  role: string,
  { manifest, globalType, localTypes }: ReturnType<typeof artifactsOf> = talk,
  options: OpenManifestOptions = {},
) =>
  openManifestVmSessionAdmitted(manifest, role, globalType, localTypes, noSignals, {
    registered,
    ...options,
  });
const opened = (...args: Parameters<typeof open>) => {
  const session = open(...args);
  if (!session.ok) throw new Error(session.error.variant);
  return session;
};
const refusal = (...args: Parameters<typeof open>) => {
  const session = open(...args);
  return session.ok ? undefined : session.error;
};
const bytes = (...values: number[]) => new Uint8Array(values);

describe("an admitted session of one role", () => {
  test("runs to its end with what is queued and what comes for it", () => {
    const { engine, handler, sessionId } = opened("A");
    handler.queueSendBytes(bytes(0xaa, 0xbb));
    handler.queueInbound({ from: "B", label: "No", payload: bytes(1) });
    expect(engine.runToCompletion(sessionId)).toMatchObject({
      ok: true,
      value: { status: "AllDone", blocked: null },
    });
    expect(handler.takePendingSends()).toEqual([
      { from_role: "A", to_role: "B", label: "Ask", payload: "aabb" },
    ]);
    expect(engine.activeSessions()).toEqual([]);
  });

  test("waits for a message that has not come, and goes on when it has", () => {
    const { engine, handler, sessionId } = opened("A");
    handler.queueSendBytes(bytes(7));
    expect(engine.runToCompletion(sessionId)).toMatchObject({
      value: { status: "Stuck", blocked: { from: "B", to: "A" } },
    });
    handler.queueInbound({ from: "B", label: "Yes", payload: bytes(2) });
    expect(engine.runToCompletion(sessionId)).toMatchObject({ value: { status: "AllDone" } });
  });

  test("two roles, each alone, carry one another's messages to the end", () => {
    const a = opened("A");
    const b = opened("B");
    a.handler.queueSendBytes(bytes(1));
    b.handler.queueChoiceLabel("Yes");
    b.handler.queueSendBytes(bytes(2));
    const unhex = (text: string) =>
      Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    const carry = (from: typeof a, to: typeof a) => {
      for (const { from_role, label, payload } of from.handler.takePendingSends())
        to.handler.queueInbound({ from: from_role, label, payload: unhex(payload) });
    };
    a.engine.runToCompletion(a.sessionId);
    carry(a, b);
    expect(b.engine.runToCompletion(b.sessionId)).toMatchObject({ value: { status: "AllDone" } });
    carry(b, a);
    expect(a.engine.runToCompletion(a.sessionId)).toMatchObject({ value: { status: "AllDone" } });
  });

  test("replayed from its recording comes to the same hashes", () => {
    const { engine, handler, sessionId } = opened("A");
    handler.queueSendBytes(bytes(0xaa));
    handler.queueInbound({ from: "B", label: "Yes", payload: bytes(9) });
    engine.runToCompletion(sessionId);
    const recording = engine.recording(sessionId);
    const machine = engine.machineOf(sessionId);
    if (recording === undefined || machine === undefined) throw new Error("there is no such session");
    expect(recording.steps.length).toBeGreaterThan(2);
    expect(replayRecording(recording)).toEqual({ ok: true, value: machineHashes(machine) });
    const broken = { ...recording, image: bytes(1, 2) };
    expect(replayRecording(broken)).toMatchObject({ error: { variant: "ConformanceArtifact" } });
  });

  test("a second session of the engine, stepped and closed by hand", () => {
    const { engine, sessionId } = opened("B");
    const image = roleScopedImage("B", ["A", "B"], long.globalType, long.localTypes);
    if (!image.ok) throw new Error(image.error.reason);
    const other = engine.open({ image: image.image, protocol: "p", handler: new QueuedBridgeHandler() });
    expect(other).toMatchObject({ ok: true, value: 1 });
    for (let i = 0; i < 20; i += 1) engine.step();
    expect(engine.step()).toEqual({ ok: true, value: "Stuck" });
    expect(engine.blockedReceive(sessionId)).toEqual({ from: "A", to: "B" });
    expect(engine.close(1)).toEqual({ ok: true, value: null });
    expect(engine.close(1)).toMatchObject({ error: { code: "PAR8262", variant: "SessionLifecycle" } });
    expect(engine.runToCompletion(7)).toMatchObject({ error: { variant: "SessionLifecycle" } });
    expect(engine.activeSessions()).toEqual([sessionId]);
  });
});

describe("the bridge", () => {
  const failure = (session: ReturnType<typeof opened>) => {
    const ran = session.engine.runToCompletion(session.sessionId);
    return ran.ok || ran.error.variant !== "Vm" ? undefined : ran.error.fault.message;
  };

  test("a send with nothing queued breaks the contract, by role, peer and label", () => {
    expect(failure(opened("A"))).toBe("no payload is queued for the send A->B:Ask");
  });

  test("a queued label that is not on offer breaks it, and those on offer are listed", () => {
    const session = opened("B");
    session.handler.queueInbound({ from: "A", label: "Ask", payload: bytes(1) });
    session.handler.queueChoiceLabel("Maybe");
    expect(failure(session)).toBe("Maybe is not offered to B, which may take Yes, No");
  });

  test("with no label queued the first is never taken in silence, unless that is asked for", () => {
    const run = (unqueued: "refuse" | "first") => {
      const session = opened("B", talk, { bridge: { unqueued } });
      session.handler.queueInbound({ from: "A", label: "Ask", payload: bytes(1) });
      session.handler.queueSendBytes(bytes(2));
      return {
        message: failure(session),
        sent: session.handler.takePendingSends().map(({ label }) => label),
      };
    };
    expect(run("refuse")).toEqual({
      message: "no branch choice is queued for B, which may take Yes, No",
      sent: [],
    });
    expect(run("first")).toEqual({ message: undefined, sent: ["Yes"] });
  });

  test("signals are kept normalised", () => {
    const handler = new QueuedBridgeHandler();
    handler.setSchedulerSignals({ guardContention: 3, flowPressure: 12_000, leakagePressure: 1 });
    expect(handler.schedulerSignals()).toEqual({
      guardContention: 3,
      flowPressure: 10_000,
      leakagePressure: 1,
    });
  });
});

describe("a role's image", () => {
  const of = (role: string, names = ["A", "B"], locals = talk.localTypes) => {
    const scoped = roleScopedImage(role, names, talk.globalType, locals);
    return scoped.ok ? scoped.image : scoped.error;
  };

  test("has the role's program, and everybody else has ended", () => {
    const image = of("A");
    if (!("programs" in image)) throw new Error(image.reason);
    expect(image.programs.map(({ states }) => states.length > 1)).toEqual([true, false]);
  });

  test.each([
    ["a role the manifest does not list", "A", ["B"], talk.localTypes],
    ["a role without a local type", "A", ["A", "B"], { B: talk.localTypes.B as LocalType }],
    [
      "a local type that is not the projection",
      "A",
      ["A", "B"],
      { ...talk.localTypes, A: talk.localTypes.B as LocalType },
    ],
  ])("%s has none", (_what, role, names, locals) => {
    expect(of(role, [...names], locals as Record<string, LocalType>)).toMatchObject({
      code: "PAR8274",
      variant: "RoleScopedImage",
      role,
    });
  });
});

describe("an opening fails closed", () => {
  const need = (...keys: string[]) => ({
    ...talk,
    manifest: { ...talk.manifest, required_capabilities: keys },
  });

  test("without a capability, which the error names by reference only", () => {
    expect(refusal("A", need("byzantine_envelope"), { contracts: noContracts })).toEqual({
      code: "PAR8266",
      variant: "MissingRuntimeCapability",
      capability: capabilityRef("byzantine_envelope"),
    });
    expect(open("A", need("byzantine_envelope")).ok).toBe(true);
  });

  test("without contracts: what asks for a scheduler is not opened", () => {
    expect(refusal("A", talk, { contracts: undefined })).toEqual({
      code: "PAR8264",
      variant: "MissingRuntimeContracts",
    });
    expect(open("A", talk).ok).toBe(true);
  });

  test("with a capability that is no name of the first party", () => {
    const manifest = { ...talk.manifest, guard_capabilities: ["module:m:foo"] };
    expect(refusal("A", { ...talk, manifest })).toMatchObject({
      code: "PAR8273",
      variant: "GuardCapability",
    });
  });

  test("without an entry in the registry, and with one of another class", () => {
    expect(refusal("A", talk, { registered: { ...registered, protocolId: "else" } })).toMatchObject({
      variant: "PolicyClassMismatch",
      protocol_class: "unknown",
    });
    expect(refusal("A", talk, { registered: { ...registered, class: "DkgCeremony" } })).toMatchObject({
      variant: "PolicyClassMismatch",
      protocol_class: "DkgCeremony",
    });
  });

  test("under a policy nobody knows", () => {
    const manifest = { ...talk.manifest, determinism_policy_ref: "aura.vm.nope" };
    expect(refusal("A", { ...talk, manifest })).toMatchObject({ variant: "UnknownPolicyRef" });
  });

  test("on a runtime profile without the key, whatever the contracts say", () => {
    const inventory = inventoryFromPairs([...inventoryOf(fullContracts), ["termination_bounded", false]]);
    expect(refusal("A", need("termination_bounded"), { inventory })).toMatchObject({
      variant: "MissingRuntimeCapability",
    });
  });
});

test("a threaded policy runs as its canonical fallback, and says so", () => {
  const renamed = artifactsOf(
    source
      .replace("module talk exposing (Talk)", "module epoch_rotation exposing (EpochRotationProtocol)")
      .replace("protocol Talk", "protocol EpochRotationProtocol"),
  );
  const { admission, artifacts, engine, sessionId, scheduler } = opened("A", renamed);
  expect(artifacts.map(({ kind }) => kind)).toEqual(["admission_denied", "canonical_fallback_activated"]);
  expect(admission).toMatchObject({
    requested_runtime_mode: "threaded_envelope_bounded",
    effective_runtime_mode: "cooperative",
    canonical_fallback_reason: "host_bridge_canonical_only",
  });
  expect(scheduler.ref).toBe("aura.vm.scheduler.progress_aware");
  expect(engine.determinismProfileMetadata(sessionId)).toMatchObject({
    policy_ref: "aura.vm.sync_anti_entropy.prod",
    declared_wave_width_bound: 1,
  });
  expect(engine.validateSessionEnvelopeArtifact(sessionId, undefined)).toEqual({ ok: true, value: null });
  expect(engine.validateSessionEnvelopeArtifact(9, undefined)).toMatchObject({
    error: { variant: "Interpreter" },
  });
});

describe("an engine", () => {
  const scoped = roleScopedImage("A", ["A", "B"], long.globalType, long.localTypes);
  const engineOf = (config = defaultEngineConfig) => {
    const made = ChoreoEngine.create(config, fullContracts);
    if (!made.ok || !scoped.ok) throw new Error("there is no engine");
    const handler = new QueuedBridgeHandler();
    for (let i = 0; i < 3; i += 1) handler.queueSendBytes(bytes(i));
    const session = made.value.open({
      image: scoped.image,
      protocol: "talk.Talk",
      handler,
      class: "ConsensusFastPath",
    });
    expect(session.ok).toBe(true);
    return made.value;
  };

  test("a run of two steps takes two, and the third exceeds its bound", () => {
    expect(engineOf().run(2)).toEqual({
      ok: false,
      error: {
        code: "PAR8243",
        variant: "BoundExceeded",
        protocol: "talk.Talk",
        initial_weight: 6,
        max_steps: 2,
        steps_consumed: 3,
      },
    });
  });

  test("a run within its budget is done, and says how much of it is spent", () => {
    const ran = engineOf({
      ...defaultEngineConfig,
      termination: { ...defaultTermination, multiplier: 2 },
    }).run();
    expect(ran).toMatchObject({ ok: true, value: { status: "AllDone" } });
  });

  test.each([0, -1, Number.NaN])("is not made with a multiplier of %d", (multiplier) => {
    const config = { ...defaultEngineConfig, termination: { ...defaultTermination, multiplier } };
    expect(engineConfigError(config, fullContracts)).toMatchObject({ variant: "Interpreter" });
  });

  test("is not made without the contracts its scheduler or its determinism asks for", () => {
    const { machine } = defaultEngineConfig;
    const robin = {
      ...defaultEngineConfig,
      machine: { ...machine, scheduler: { kind: "roundRobin" } as const },
    };
    const effects = {
      ...defaultEngineConfig,
      determinism: "modulo_effects",
      tier: "replay_deterministic",
    } as const;
    expect(engineConfigError(defaultEngineConfig, undefined)).toBeUndefined();
    expect(engineConfigError(robin, undefined)).toMatchObject({ variant: "MissingRuntimeContracts" });
    expect(engineConfigError(robin, fullContracts)).toBeUndefined();
    expect(engineConfigError(effects, undefined)).toMatchObject({ variant: "UnsupportedDeterminismProfile" });
    expect(engineConfigError(effects, fullContracts)).toBeUndefined();
    expect(engineConfigError(effects, { ...fullContracts, mixedDeterminism: false })).toMatchObject({
      variant: "UnsupportedDeterminismProfile",
      mode: "modulo_effects",
    });
    const full = { ...defaultEngineConfig, tier: "replay_deterministic" } as const;
    expect(engineConfigError(full, fullContracts)).toMatchObject({ variant: "Interpreter" });
  });
});
