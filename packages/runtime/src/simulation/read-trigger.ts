import type { Fields } from "./fields.ts";
import { eventKinds, type Trigger } from "./scenario.ts";

const keys = ["immediate", "at_tick", "after_step", "random", "on_event"] as const;

/** Reads `trigger` (spec/simulation.md §3.5); none, and `immediate = false` alone, fire at once. */
export const readTrigger = (of: Fields, roles: readonly string[]): Trigger => {
  const table = of.table("trigger", keys);
  const given = keys.filter((key) => table.has(key) && !(key === "immediate" && !table.flag(key, false)));
  if (given.length > 1) {
    table.report(
      "conflict",
      "",
      `${table.path} must have exactly one condition, not ${given.join(" and ")}`,
      "Keep one of them.",
    );
  }
  switch (given[0]) {
    case "at_tick":
      return { kind: "atTick", tick: table.ticks("at_tick") ?? 0 };
    case "after_step":
      return { kind: "afterStep", step: table.count("after_step", 0) };
    case "random":
      return { kind: "random", probability: table.probability("random") ?? 0n };
    case "on_event":
      return onEvent(table, roles);
    default:
      return { kind: "immediate" };
  }
};

const onEvent = (trigger: Fields, roles: readonly string[]): Trigger => {
  const table = trigger.table("on_event", ["kind", "role", "message"]);
  const word = table.text("kind").trim().toLowerCase();
  const event = eventKinds.find((kind) => kind === word);
  if (event === undefined)
    table.report(
      "unknown-word",
      "kind",
      `unsupported on_event kind ${JSON.stringify(table.raw("kind") ?? "")}`,
      `Write one of ${eventKinds.join(", ")}.`,
    );
  const role = table.optionalText("role");
  if (role !== undefined) knownRole(table, "role", role, roles);
  return { kind: "onEvent", event: event ?? "sent", role, message: table.optionalText("message") };
};

/** Reports a role that `roles` does not list; an empty list is checked when the protocol is known. */
export const knownRole = (of: Fields, key: string, role: string, roles: readonly string[]): void => {
  if (roles.length === 0 || roles.some((known) => meansRole(known, role))) return;
  of.report(
    "unknown-role",
    key,
    `${of.at(key)} references unknown role ${role}`,
    `Name one of ${roles.join(", ")}.`,
  );
};

/** `Witness` stands for every `Witness[i]`. */
export const meansRole = (written: string, role: string): boolean =>
  written === role || role.startsWith(`${written}[`);
