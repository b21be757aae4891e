import type { Fault, Value } from "@parley/wire";
import type { ValueType } from "./code/value-type.ts";
import type { Endpoint, Machine } from "./state.ts";

/**
 * Faults with the reference's code, variant and fields (spec/machine.md §17).
 * Fields are in the reference's wire form, so that a rendering can copy them.
 */
const fault = (
  code: string,
  variant: string,
  message: string,
  fields: { readonly [key: string]: unknown } = {},
): Fault => ({ code: `machine.fault.${code}`, variant, message, fields });

type TypeName = string | { readonly [key: string]: unknown };

/** A value type as the reference writes it; undeclared counts as Unit. */
export const typeName = (type: ValueType): TypeName => {
  switch (type.kind) {
    case "none":
    case "unit":
      return "Unit";
    case "nat":
      return "Nat";
    case "bool":
      return "Bool";
    case "str":
      return "String";
    case "readiness":
      return "Readiness";
    case "prod":
      return { Prod: [typeName(type.left), typeName(type.right)] };
    case "chan":
      return { Chan: { sid: type.sid, role: type.role } };
    case "opaque":
      return type.name;
  }
};

/** The type a value has, as the reference writes it. */
export const typeOfValue = (value: Value): TypeName => {
  switch (value.kind) {
    case "unit":
      return "Unit";
    case "nat":
      return "Nat";
    case "bool":
      return "Bool";
    case "str":
      return "String";
    case "prod":
      return { Prod: [typeOfValue(value.left), typeOfValue(value.right)] };
    case "endpoint":
      return { Chan: { sid: value.sid, role: value.role } };
    case "opaque":
      return value.type;
  }
};

const endpointFields = (machine: Machine, endpoint: Pick<Endpoint, "sid" | "role">) => ({
  endpoint: { sid: endpoint.sid, role: machine.image.roles[endpoint.role] as string },
});

export const faults = {
  type: (message: string, expected: TypeName = "Unit", actual: TypeName = "Unit"): Fault =>
    fault("type", "TypeViolation", message, { expected, actual, message }),
  /** `blame` is the sender of a frame, or `edge` for an injected one (model §3, Frames). */
  label: (label: string, blame?: string): Fault =>
    fault("label", "UnknownLabel", `unknown label: ${label}`, {
      label,
      ...(blame === undefined ? {} : { blame }),
    }),
  channel: (machine: Machine, endpoint: Pick<Endpoint, "sid" | "role">): Fault =>
    fault("channel", "ChannelClosed", "the endpoint is not open to this coroutine", {
      ...endpointFields(machine, endpoint),
    }),
  /** An endpoint value that names nothing in this machine. */
  foreign: (sid: number, role: string): Fault =>
    fault("channel", "ChannelClosed", "the endpoint is not open to this coroutine", {
      endpoint: { sid, role },
    }),
  verification: (edge: { sid: number; from: string; to: string }, message: string): Fault =>
    fault("verification", "VerificationFailed", message, {
      edge: { sid: edge.sid, sender: edge.from, receiver: edge.to },
      message,
    }),
  invoke: (kind: string, message: string): Fault =>
    fault("invoke", "Invoke", message, { failure: { kind, message } }),
  acquire: (layer: string, kind: string, message: string): Fault =>
    fault("acquire", "Acquire", message, { layer, failure: { kind, message } }),
  transfer: (message: string): Fault => fault("transfer", "Transfer", message, { message }),
  speculation: (message: string): Fault => fault("speculation", "Speculation", message, { message }),
  close: (message: string): Fault => fault("close", "Close", message, { message }),
  output: (predicate: string): Fault =>
    fault("output_condition", "OutputCondition", "observable output was rejected", {
      predicate_ref: predicate,
    }),
  registers: (): Fault => fault("register", "OutOfRegisters", "no such register"),
  pc: (): Fault => fault("pc", "PcOutOfBounds", "the counter is outside the program"),
  buffer: (machine: Machine, endpoint: Pick<Endpoint, "sid" | "role">): Fault =>
    fault("buffer", "BufferFull", "the edge is full", endpointFields(machine, endpoint)),
  /** An operation begun twice, or used before it was begun. */
  operation: (operation: string, message: string): Fault =>
    fault("operation", "Operation", message, { operation, message }),
  credits: (): Fault => fault("credits", "OutOfCredits", "out of credits"),
} as const;
