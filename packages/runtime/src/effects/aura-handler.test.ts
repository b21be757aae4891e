import { describe, expect, it } from "vitest";
import { guardLayers } from "../admission/hardening-profile.ts";
import { noSignals, schedulerFor } from "../admission/scheduler-choice.ts";
import type { CodeImage } from "../machine/code/image.ts";
import type { Instruction } from "../machine/code/instruction.ts";
import { opened } from "../testing/driven-run.ts";
import { end, imageOfTypes, recv, send } from "../testing/small-types.ts";
import { AuraHandler, type AuraHandlerOptions, runWithHandler } from "./aura-handler.ts";

const text = { text: "Text", sort: "String" } as const;
const ways = { yes: {}, no: {} };
const talk = imageOfTypes({
  A: send("B", { say: { payload: text, next: send("B", ways) } }),
  B: recv("A", { say: { payload: text, next: recv("A", ways) } }),
});
const run = (image: CodeImage, options: AuraHandlerOptions = {}) => {
  const handler = new AuraHandler(options);
  const machine = opened(image);
  return { handler, machine, events: runWithHandler(machine, handler, 60) };
};
const faultOf = (image: CodeImage, options: AuraHandlerOptions = {}) => {
  for (const event of run(image, options).events) if (event.kind === "faulted") return event.fault.fields;
  return undefined;
};

/** Two roles that run this code and nothing else. */
const both = (code: readonly Instruction[]): CodeImage => {
  const image = imageOfTypes({ A: end, B: end });
  return {
    ...image,
    programs: image.programs.map((program) => ({ ...program, code: [...code, { kind: "halt" }] })),
  };
};
const layer = guardLayers.migrationLock;
const locking: readonly Instruction[] = [
  { kind: "acquire", layer, dst: 2 },
  { kind: "yield" },
  { kind: "release", layer, evidence: 2 },
];

describe("the deterministic effect handler", () => {
  it("sends what is queued as hex, takes the label queued, and records each exchange", () => {
    const { handler, events } = run(talk, { payloads: [new Uint8Array([0xaa, 0xbb])], labels: ["no"] });
    const sent = events.find((event) => event.kind === "sent");
    expect(sent).toMatchObject({ payload: { kind: "str", value: "aabb" } });
    expect(handler.events.map(({ value }) => value)).toEqual(
      expect.arrayContaining(["A->B:say", "B<-A:say", "A:no"]),
    );
  });

  it("with nothing queued takes the plainest value and the first label, and says so", () => {
    const { handler, events } = run(talk);
    expect(events.find((event) => event.kind === "sent")).toMatchObject({
      payload: { kind: "str", value: "" },
    });
    expect(handler.events.filter(({ kind }) => kind === "choose").map(({ value }) => value)).toEqual([
      "A:yes",
    ]);
  });

  it("refuses a queued label that is not on offer", () => {
    expect(faultOf(talk, { labels: ["maybe"] })).toMatchObject({ failure: { kind: "contract_violation" } });
  });

  it("lets as many into a layer as its capacity, and the next when one leaves", () => {
    const { handler, machine } = run(both(locking), { guardCapacity: 1 });
    expect(handler.events.map(({ kind, role, granted }) => [kind, role, granted])).toEqual([
      ["acquire", "A", true],
      ["acquire", "B", false],
      ["release", "A", true],
      ["acquire", "B", true],
      ["release", "B", true],
    ]);
    expect(machine.sessions.get(0)?.status.kind).toBe("completed");
  });

  it.each(Object.values(guardLayers))(
    "refuses %s while it is denied: the role waits, and contention is counted",
    (denied) => {
      const image = both([{ kind: "acquire", layer: denied, dst: 2 }]);
      const { handler, machine } = run(image, { denied: [denied] });
      expect(machine.live).toBe(2);
      expect(handler.contention(3)).toBe(5);
      const signals = { ...noSignals, guardContention: handler.contention() };
      const of = { protocolClass: "DkgCeremony", weight: 1, guardSlots: 2, signals } as const;
      expect(schedulerFor(of).ref).toBe("aura.vm.scheduler.priority_aging");
    },
  );

  it("refuses to take back what was not held", () => {
    const image = both([
      { kind: "set", dst: 2, value: { kind: "str", value: "forged" } },
      { kind: "release", layer, evidence: 2 },
    ]);
    expect(faultOf(image)).toMatchObject({ layer, failure: { kind: "contract_violation" } });
    expect(run(image).handler.releaseFaults).toBe(2);
  });

  it("hints what the output of a role is by its last exchange", () => {
    const { handler } = run(talk);
    expect(handler.hint("B")).toEqual({ predicate: "aura.transport.recv", witness: "role:B" });
    expect(handler.hint("C")).toEqual({ predicate: "aura.observable_output", witness: "role:C" });
  });

  it("counts events that its sink would not take", () => {
    const { handler } = run(talk, { sink: ({ kind }) => kind !== "choose" });
    expect(handler.sinkFaults).toBe(1);
    expect(handler.contention()).toBe(1);
  });
});
