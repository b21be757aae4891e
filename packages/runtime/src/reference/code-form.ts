import type { Instruction, LabelTarget } from "../machine/code/instruction.ts";
import type { Program } from "../machine/code/program.ts";
import { asObject, FormError, type Json, listAt, numberAt, textAt, variant } from "./json.ts";
import { decodeValue, encodeValue } from "./value-form.ts";

const decodeTable = (entries: readonly Json[]): LabelTarget[] =>
  entries.map((entry) => {
    const [label, pc] = entry as readonly Json[];
    return { label: String(label), pc: Number(pc) };
  });

/** Reads one instruction of the reference; an offer of one label goes on at the next counter. */
export const decodeInstruction = (input: Json, pc: number): Instruction => {
  const { tag, body } = variant(input);
  const fields = asObject(body);
  const register = (key: string): number => numberAt(fields, key, 0);
  switch (tag) {
    case "Send":
      return { kind: "send", chan: register("chan"), val: register("val") };
    case "Receive":
      return { kind: "receive", chan: register("chan"), dst: register("dst") };
    case "Offer":
      return {
        kind: "offer",
        chan: register("chan"),
        labels: [{ label: textAt(fields, "label"), pc: pc + 1 }],
      };
    case "Choose":
      return { kind: "choose", chan: register("chan"), table: decodeTable(listAt(fields, "table")) };
    case "Invoke":
      return { kind: "invoke", action: String(fields.action) };
    case "Jump":
      return { kind: "jump", target: register("target") };
    case "Close":
      return { kind: "close", session: register("session") };
    case "Acquire":
      return { kind: "acquire", layer: textAt(fields, "layer"), dst: register("dst") };
    case "Release":
      return { kind: "release", layer: textAt(fields, "layer"), evidence: register("evidence") };
    case "Fork":
      return { kind: "fork", ghost: register("ghost") };
    case "Transfer":
      return {
        kind: "transfer",
        endpoint: register("endpoint"),
        target: register("target"),
        bundle: register("bundle"),
      };
    case "Tag":
      return { kind: "tag", fact: register("fact"), dst: register("dst") };
    case "Check":
      return {
        kind: "check",
        knowledge: register("knowledge"),
        target: register("target"),
        dst: register("dst"),
      };
    case "Set":
      return { kind: "set", dst: register("dst"), value: decodeValue(fields.val ?? "Unit") };
    case "Move":
      return { kind: "move", dst: register("dst"), src: register("src") };
    case "Spawn":
      return { kind: "spawn", target: register("target"), args: listAt(fields, "args").map(Number) };
    default:
      return decodeBare(tag);
  }
};

const decodeBare = (tag: string): Instruction => {
  switch (tag) {
    case "Join":
      return { kind: "join" };
    case "Abort":
      return { kind: "abort" };
    case "Yield":
      return { kind: "yield" };
    case "Halt":
      return { kind: "halt" };
    default:
      throw new FormError(`no instruction ${tag}`);
  }
};

const encodeInstruction = (instruction: Instruction): Json => {
  switch (instruction.kind) {
    case "send":
      return { Send: { chan: instruction.chan, val: instruction.val } };
    case "receive":
      return { Receive: { chan: instruction.chan, dst: instruction.dst } };
    case "offer":
      return { Offer: { chan: instruction.chan, label: instruction.labels[0]?.label ?? "" } };
    case "choose":
      return {
        Choose: { chan: instruction.chan, table: instruction.table.map((entry) => [entry.label, entry.pc]) },
      };
    case "invoke":
      return { Invoke: { action: instruction.action } };
    case "jump":
      return { Jump: { target: instruction.target } };
    case "close":
      return { Close: { session: instruction.session } };
    case "acquire":
      return { Acquire: { dst: instruction.dst, layer: instruction.layer } };
    case "release":
      return { Release: { evidence: instruction.evidence, layer: instruction.layer } };
    case "fork":
      return { Fork: { ghost: instruction.ghost } };
    case "transfer": {
      const { bundle, endpoint, target } = instruction;
      return { Transfer: { bundle, endpoint, target } };
    }
    case "tag":
      return { Tag: { dst: instruction.dst, fact: instruction.fact } };
    case "check": {
      const { dst, knowledge, target } = instruction;
      return { Check: { dst, knowledge, target } };
    }
    case "set":
      return { Set: { dst: instruction.dst, val: encodeValue(instruction.value) } };
    case "move":
      return { Move: { dst: instruction.dst, src: instruction.src } };
    case "spawn":
      return { Spawn: { args: [...instruction.args], target: instruction.target } };
    case "join":
      return "Join";
    case "abort":
      return "Abort";
    case "yield":
      return "Yield";
    case "halt":
      return "Halt";
    case "open":
    case "parFork":
    case "parJoin":
    case "perform":
    case "decide":
    case "enter":
    case "leave":
      throw new FormError(`the reference has no ${instruction.kind}`);
  }
};

/** The program as the reference lays it out: its own prefix, with first labels (model §3). */
export const encodeProgram = (program: Program): Json =>
  program.code.slice(0, program.prefix).map(encodeInstruction);
