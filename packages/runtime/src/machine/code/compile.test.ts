import { describe, expect, test } from "vitest";
import { act, back, cases, end, loop, par, recv, send, timeout } from "../../testing/small-types.ts";
import { compile } from "./compile.ts";
import { listing } from "./listing.ts";

const kinds = (type: Parameters<typeof compile>[0]): readonly string[] =>
  compile(type).code.map((instruction) => instruction.kind);

describe("the compiler", () => {
  test("lays out a message as send, invoke, halt", () => {
    expect(kinds(send("B", { x: {} }))).toEqual(["send", "invoke", "halt"]);
  });

  test("lays out every arm of a receiver in order", () => {
    const program = compile(recv("A", { l: {}, r: {} }));
    expect(program.code[0]).toMatchObject({
      kind: "choose",
      table: [
        { label: "l", pc: 1 },
        { label: "r", pc: 2 },
      ],
    });
    expect(program.prefix).toBe(3);
  });

  test("offers every label: the first arm inline, the others after the reference's last instruction", () => {
    const program = compile(
      send("B", { l: { next: recv("B", { ack: {} }) }, r: { next: send("B", { why: {} }) } }),
    );
    expect(program.code.map((instruction) => instruction.kind)).toEqual([
      "offer",
      "receive",
      "invoke",
      "halt",
      "send",
      "invoke",
      "halt",
    ]);
    expect(program.prefix).toBe(4);
    expect(program.code[0]).toMatchObject({
      labels: [
        { label: "l", pc: 1 },
        { label: "r", pc: 4 },
      ],
    });
  });

  test("lets the branches of one decision go to different receivers", () => {
    const program = compile(send("B", { l: {}, r: { to: "C" } }));
    const state = program.states[program.start];
    expect(state?.kind === "send" && state.branches.map((branch) => branch.peer)).toEqual(["B", "C"]);
  });

  test("unfolds each loop variable to its own loop", () => {
    const program = compile(
      loop("x", send("B", { a: { next: loop("y", send("B", { b: { next: back("x") } })) } })),
    );
    expect(program.code.at(-1)).toEqual({ kind: "jump", target: 0 });
    const inner = program.states.find((state) => state.kind === "send" && state.branches[0]?.label === "b");
    expect(inner?.kind === "send" && inner.branches[0]?.next).toBe(program.start);
  });

  test("continues an outer loop from a later arm too", () => {
    const program = compile(loop("x", send("B", { go: { next: back("x") }, stop: { next: back("x") } })));
    expect(program.code.map((instruction) => instruction.kind)).toEqual(["offer", "jump", "jump"]);
    const state = program.states[program.start];
    expect(state?.kind === "send" && state.branches.map((branch) => branch.next)).toEqual([
      program.start,
      program.start,
    ]);
  });

  test("puts the children of par after the main code", () => {
    const program = compile(par([send("B", { x: {} }), recv("C", { y: {} })], send("B", { z: {} })));
    expect(program.code[0]).toMatchObject({ kind: "parFork", arms: [5, 8] });
    expect(program.prefix).toBe(5);
    expect(program.code[1]?.kind).toBe("parJoin");
  });

  test("halts on an empty type, an empty choice and a free variable", () => {
    for (const type of [end, send("B", {}), recv("B", {}), back("nowhere")])
      expect(kinds(type)).toEqual(["halt"]);
  });

  test("compiles a protocol of 20,000 messages", () => {
    let type = end;
    for (let i = 0; i < 20_000; i += 1) type = send("B", { [`m${i}`]: { next: type } });
    expect(compile(type).code).toHaveLength(40_001);
  });

  test("names in the listing what each line does and which statement it is", () => {
    const lines = listing(compile(send("B", { l: {}, r: { next: send("C", { x: {} }) } })));
    expect(lines[0]).toEqual({ pc: 0, text: "offer l → 1, r → 2", edgeIds: ["l!", "r!"] });
    expect(lines[2]).toMatchObject({ text: "send x to C", edgeIds: ["x!"] });
  });
});

describe("what a role does without a message", () => {
  test("is one instruction each; the exits of a scope come after everything else", () => {
    const type = timeout("0", 5, ["B"], act({ kind: "publish", event: "E" }), {
      done: cases("1", { Ok: end, Err: end }),
      timeout: end,
    });
    expect(kinds(type)).toEqual([
      "enter",
      "perform",
      "leave",
      "send",
      "invoke",
      "decide",
      "halt",
      "send",
      "invoke",
      "halt",
      "halt",
    ]);
  });

  test("what follows several exits is laid out once", () => {
    const chain = (n: number): Parameters<typeof compile>[0] => {
      const next = n === 0 ? end : chain(n - 1);
      return timeout(String(n), 5, ["B"], end, { done: next, timeout: next, cancel: next });
    };
    const { code, states } = compile(chain(30));
    expect(code.length).toBeLessThan(30 * 12 + 20);
    expect(states.length).toBeLessThan(30 * 8);
  });

  test("a loop through an exit goes back to the scope", () => {
    const type = loop("x", timeout("0", 5, [], send("B", { m: {} }), { done: end, timeout: back("x") }));
    const { code } = compile(type);
    expect(code[0]).toMatchObject({ kind: "enter", exits: [{ label: "done" }, { label: "timeout", pc: 5 }] });
    expect(code[5]).toEqual({ kind: "jump", target: 0 });
  });

  test("is read line by line", () => {
    const type = timeout("0", 5, [], act({ kind: "await", operation: "move" }), { done: end, timeout: end });
    expect(listing(compile(type)).map(({ text, edgeIds }) => [text, edgeIds])).toEqual([
      ["enter scope for 5 ms, done → 3, timeout → 3", ["0"]],
      ["await move", ["await!"]],
      ["leave scope", []],
      ["halt", []],
    ]);
  });
});
