import type { Fields } from "./fields.ts";
import { readCorruption, readEnds } from "./read-network.ts";
import { knownRole } from "./read-trigger.ts";
import type { DecideRow, FaultRow, PayloadRow } from "./scenario.ts";

/** Reads `[[decide]]`: what a role takes, at one of its decisions or at all. */
export const readDecisions = (of: Fields, roles: readonly string[]): readonly DecideRow[] =>
  of.tables("decide", ["role", "take", "nth"]).map((row) => {
    const role = row.text("role");
    knownRole(row, "role", role, roles);
    return { role, take: row.text("take"), nth: row.optionalCount("nth") };
  });

/** Reads `[[payload]]`: what a message of a role holds. */
export const readPayloads = (of: Fields, roles: readonly string[]): readonly PayloadRow[] =>
  of.tables("payload", ["role", "message", "value", "nth"]).map((row) => {
    const role = row.text("role");
    knownRole(row, "role", role, roles);
    if (!row.has("value"))
      row.report("missing-key", "value", `${row.at("value")} is missing`, "Write the payload.");
    return {
      role,
      message: row.text("message"),
      value: row.scriptValue("value") ?? "",
      nth: row.optionalCount("nth"),
    };
  });

const actionOf = (row: Fields): FaultRow["action"] => {
  switch (row.word("do", ["drop", "delay", "corrupt", "replace"], "drop")) {
    case "drop":
      return { kind: "drop" };
    case "delay":
      return { kind: "delay", ticks: row.ticks("ms") ?? 1 };
    case "corrupt":
      return { kind: "corrupt", how: readCorruption(row, "how") };
    case "replace":
      return { kind: "replace", label: row.optionalText("label"), payload: row.scriptValue("payload") };
  }
};

/** Reads `[[faults]]`: what becomes of the nth message of an edge, without chance. */
export const readFaults = (of: Fields, roles: readonly string[]): readonly FaultRow[] =>
  of.tables("faults", ["from", "to", "nth", "do", "ms", "how", "label", "payload"]).map((row) => {
    if (!row.has("do"))
      row.report("missing-key", "do", `${row.at("do")} is missing`, "Write drop, delay, corrupt or replace.");
    return { ...readEnds(row, roles), nth: row.count("nth", 0), action: actionOf(row) };
  });
