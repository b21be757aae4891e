import type { Fault, Value } from "@parley/wire";
import { describe, expect, it } from "vitest";
import { configOfProfile, guardLayers, outputAllowList } from "../admission/hardening-profile.ts";
import { opened } from "../testing/driven-run.ts";
import { act, imageOfTypes, recv, send } from "../testing/small-types.ts";
import type { CodeImage } from "./code/image.ts";
import type { Instruction } from "./code/instruction.ts";
import { commit } from "./commit.ts";
import { configProblem, defaultConfig, type MachineConfig } from "./config.ts";
import { categoryOf, type FlowPredicate, flowHolds } from "./flow-predicate.ts";
import { type OutputKind, outputPredicates } from "./output-predicates.ts";
import { plan } from "./plan.ts";

const ways = { yes: {}, no: {} };
const talk = imageOfTypes({ A: send("B", ways), B: recv("A", ways) });
const plain = imageOfTypes({ A: send("B", { x: {} }), B: recv("A", { x: {} }) });
const deed = imageOfTypes({ A: act({ kind: "publish", event: "Done", args: [] } as never) });

/** The program of A replaced by hand-written code. */
const coded = (code: readonly Instruction[]): CodeImage => {
  const [first] = deed.programs;
  return { ...deed, programs: first ? [{ ...first, code: [...code, { kind: "halt" }], start: 0 }] : [] };
};
const layered = (layer: string) =>
  coded([
    { kind: "acquire", layer, dst: 2 },
    { kind: "release", layer, evidence: 2 },
  ]);

const evidence: Value = { kind: "str", value: "lease" };
/** Runs to the end; the first fault on the way. */
const faultOf = (image: CodeImage, config: Partial<MachineConfig>): Fault | undefined => {
  const machine = opened(image, config);
  for (let i = 0; i < 20 && machine.live > 0; i += 1) {
    const { events } = commit(machine, plan(machine), { guard: { allow: true }, label: "yes", evidence });
    for (const event of events) if (event.kind === "faulted") return event.fault;
  }
  return undefined;
};
const without = (kind: OutputKind): Partial<MachineConfig> => ({
  output: {
    kind: "allowNamed",
    predicates: outputAllowList.filter((name) => name !== outputPredicates[kind]),
  },
});
const knowing = coded([
  {
    kind: "set",
    dst: 2,
    value: {
      kind: "prod",
      left: { kind: "endpoint", sid: 0, role: "A" },
      right: { kind: "str", value: "f" },
    },
  },
  { kind: "tag", fact: 2, dst: 3 },
]);

describe("outputs by the names of their predicates", () => {
  it.each<readonly [OutputKind, CodeImage]>([
    ["send", plain],
    ["recv", plain],
    ["choice", talk],
    ["step", deed],
    ["acquire", layered(guardLayers.migrationLock)],
    ["release", layered(guardLayers.migrationLock)],
    ["observable", knowing],
  ])("refuse %s when the allow-list lacks it, and only then", (kind, image) => {
    expect(faultOf(image, without(kind))).toMatchObject({
      variant: "OutputCondition",
      fields: { predicate_ref: outputPredicates[kind] },
    });
    expect(faultOf(image, { output: { kind: "allowNamed", predicates: outputAllowList } })).toBeUndefined();
  });

  it("are eight names with the machine's own", () => {
    expect(outputAllowList).toEqual([
      "aura.observable_output",
      "protocol_machine.observable_output",
      "aura.transport.send",
      "aura.transport.recv",
      "aura.protocol.choice",
      "aura.protocol.step",
      "aura.guard.acquire",
      "aura.guard.release",
    ]);
  });
});

describe("guard layers", () => {
  it.each(Object.values(guardLayers))(
    "%s may be entered under the profile, and no other layer may",
    (layer) => {
      expect(faultOf(layered(layer), configOfProfile("prod"))).toBeUndefined();
      expect(faultOf(layered("aura.guard.other"), configOfProfile("prod"))?.fields).toMatchObject({
        failure: { kind: "invalid_input" },
      });
    },
  );

  it.each(Object.values(guardLayers))("%s is refused while it is inactive", (id) => {
    expect(faultOf(layered(id), { guardLayers: [{ id, active: false }] })?.fields).toMatchObject({
      layer: id,
      failure: { kind: "unavailable" },
    });
  });
});

describe("the flow predicate", () => {
  const told = (target: string, flow: MachineConfig["flow"]): unknown => {
    const machine = opened(
      coded([
        {
          kind: "set",
          dst: 2,
          value: {
            kind: "prod",
            left: { kind: "endpoint", sid: 0, role: "A" },
            right: { kind: "str", value: "f" },
          },
        },
        { kind: "tag", fact: 2, dst: 3 },
        { kind: "set", dst: 4, value: { kind: "str", value: target } },
        { kind: "check", knowledge: 2, target: 4, dst: 5 },
      ]),
      { flow },
    );
    const permitted: unknown[] = [];
    for (let i = 0; i < 4; i += 1)
      for (const event of commit(machine, plan(machine), {}).events)
        if (event.kind === "observed" && event.name === "Checked") permitted.push(event.fields.permitted);
    return permitted[0];
  };

  it("of the profiles lets roles of its categories know and refuses others", () => {
    const { flow = defaultConfig.flow } = configOfProfile("prod");
    expect(told("GuardianAlpha", flow)).toBe(true);
    expect(told("UnknownRole", flow)).toBe(false);
  });

  it("is plain data: written down and read back it decides the same", () => {
    const { flow = defaultConfig.flow } = configOfProfile("ci");
    expect(JSON.parse(JSON.stringify(flow))).toEqual(flow);
  });

  it.each<readonly [FlowPredicate, boolean]>([
    [{ kind: "targetRolePrefix", prefix: "Wit" }, true],
    [{ kind: "targetCategory", category: "Witness" }, true],
    [{ kind: "targetCategory", category: "Wit" }, false],
    [{ kind: "factContains", text: "seen" }, true],
    [{ kind: "factContains", text: "lost" }, false],
    [{ kind: "endpointRoleMatchesTarget" }, false],
    [{ kind: "all", of: [] }, true],
    [{ kind: "any", of: [] }, false],
    [{ kind: "all", of: [{ kind: "endpointRoleMatchesTarget" }, { kind: "all", of: [] }] }, false],
    [{ kind: "any", of: [{ kind: "endpointRoleMatchesTarget" }, { kind: "all", of: [] }] }, true],
  ])("%o of a witness is %s", (predicate, holds) => {
    expect(flowHolds(predicate, { fact: "was seen", role: "Lead", target: "Witness[3]" })).toBe(holds);
  });

  it("takes a member and a numbered role for their category", () => {
    expect([categoryOf("Witness[12]"), categoryOf("Witness3"), categoryOf("Lead")]).toEqual([
      "Witness",
      "Witness",
      "Lead",
    ]);
  });
});

describe("a configuration of waves", () => {
  it("needs at least one step and one lane", () => {
    const wave = { width: 2, lanes: 2, widening: true };
    expect(configProblem({ ...defaultConfig, wave })).toBeUndefined();
    expect(configProblem({ ...defaultConfig, wave: { ...wave, width: 0 } })).toBe("wave");
    expect(configProblem({ ...defaultConfig, wave: { ...wave, lanes: 0 } })).toBe("wave");
  });
});
