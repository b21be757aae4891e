import type { Fault, Value } from "@parley/wire";
import { matchesType, type ValueType, wireSize } from "./code/value-type.ts";
import type { MachineConfig } from "./config.ts";
import { faults, typeName, typeOfValue } from "./faults.ts";

const text = (type: ValueType): string => JSON.stringify(typeName(type));

/**
 * What is wrong with a payload, or `undefined` (spec/machine.md §13). `strict`
 * asks for a declared type in strict-schema mode: sends and receives, not choices.
 */
export const payloadFault = (
  config: MachineConfig,
  where: string,
  type: ValueType,
  value: Value,
  strict: boolean,
): Fault | undefined => {
  if (config.payloads === "off") return undefined;
  if (
    value.kind === "unit" &&
    (type.kind === "unit" || (type.kind === "none" && config.payloads !== "strictSchema"))
  )
    return undefined;
  const actual = typeOfValue(value);
  const size = wireSize(value);
  if (size > config.maxPayloadBytes) {
    const expected = type.kind === "none" ? actual : typeName(type);
    return faults.type(
      `${where} payload is ${size} bytes, more than ${config.maxPayloadBytes}`,
      expected,
      actual,
    );
  }
  if (!matchesType(type, value))
    return faults.type(`${where} payload is not of type ${text(type)}`, typeName(type), actual);
  if (type.kind === "none" && strict && config.payloads === "strictSchema")
    return faults.type(`${where} payload needs a declared type`, "Unit", actual);
  return undefined;
};
