import type { Fields } from "./fields.ts";
import { linkKeys, readLink } from "./read-network.ts";
import { knownRole, readTrigger } from "./read-trigger.ts";
import type { Reconfiguration } from "./scenario.ts";

const types = ["link", "federation", "delegation", "handoff", "mode_transition"] as const;
type ActionType = (typeof types)[number];

const keysOf: { readonly [type in ActionType]: readonly string[] } = {
  link: linkKeys,
  federation: ["federation", "enabled", "groups"],
  delegation: ["scope", "from_role", "to_role"],
  handoff: ["handoff_id", "from_role", "to_role"],
  mode_transition: ["roles", "from_mode", "to_mode"],
};

/** What a reconfiguration costs: nothing when it is pure, something when it is a transition. */
const readCost = (of: Fields): number => {
  const effect = of.table("effect", ["kind", "budget_cost"]);
  const kind = effect.word("kind", ["pure", "transition_choreography"], "pure");
  const cost = effect.count("budget_cost", 0);
  if (kind === "pure" && cost !== 0)
    effect.report(
      "conflict",
      "budget_cost",
      "a pure reconfiguration must not consume transition budget",
      "Remove budget_cost, or make it a transition_choreography.",
    );
  if (kind === "transition_choreography" && cost === 0)
    effect.report(
      "conflict",
      "budget_cost",
      "a transition must declare budget_cost > 0",
      "Write what it costs.",
    );
  return cost;
};

const readGroups = (action: Fields, roles: readonly string[]): readonly (readonly string[])[] => {
  const seen = new Set<string>();
  const groups = action.list("groups").map((group, i): readonly string[] => {
    const members = Array.isArray(group)
      ? group.filter((role): role is string => typeof role === "string")
      : [];
    if (members.length === 0)
      action.report("out-of-range", "groups", `groups[${i}] must not be empty`, "Name at least one role.");
    for (const role of members) {
      knownRole(action, "groups", role, roles);
      if (seen.has(role))
        action.report(
          "bad-roles",
          "groups",
          `role ${role} appears in multiple groups`,
          "Name it in one group.",
        );
      seen.add(role);
    }
    return members;
  });
  const enabled = action.flag("enabled", true);
  if (enabled && groups.length === 0)
    action.report(
      "missing-key",
      "groups",
      "an enabled federation must define at least one group",
      "Write groups.",
    );
  if (!enabled && groups.length > 0)
    action.report("conflict", "groups", "a disabled federation must not declare groups", "Remove groups.");
  return groups;
};

/** Two different roles, the first of which gives something to the second. */
const readGift = (action: Fields, type: "delegation" | "handoff", roles: readonly string[]) => {
  const key = type === "delegation" ? "scope" : "handoff_id";
  const subject = action.text(key).trim();
  if (action.has(key) && subject === "")
    action.report(
      "bad-name",
      key,
      type === "delegation" ? "delegation scope must not be empty" : "handoff_id must not be empty",
      "Name it.",
    );
  const [from, to] = [action.text("from_role"), action.text("to_role")];
  knownRole(action, "from_role", from, roles);
  knownRole(action, "to_role", to, roles);
  if (from !== "" && from === to)
    action.report("bad-roles", "to_role", `${type} must name distinct roles`, "Name another role.");
  return { kind: type, subject, from, to };
};

const readMode = (action: Fields, roles: readonly string[]) => {
  const members = action.texts("roles");
  if (members.length === 0)
    action.report("missing-key", "roles", "a mode transition needs at least one role", "Write roles.");
  for (const role of members) knownRole(action, "roles", role, roles);
  const twice = members.find((role, i) => members.indexOf(role) < i);
  if (twice !== undefined)
    action.report("bad-roles", "roles", `role ${twice} appears multiple times`, "Name it once.");
  const [from, to] = [action.text("from_mode").trim(), action.text("to_mode").trim()];
  if (from === "" || to === "")
    action.report("bad-name", from === "" ? "from_mode" : "to_mode", "modes must not be empty", "Name it.");
  else if (from === to)
    action.report("conflict", "to_mode", "a mode transition must change modes", "Name another mode.");
  return { kind: "mode" as const, roles: [...members].sort(), from, to };
};

const readOne = (of: Fields, index: number, roles: readonly string[]): Reconfiguration | undefined => {
  const id = `reconfiguration:${index}`;
  const trigger = readTrigger(of, roles);
  const any = of.table("action", ["type", ...new Set(types.flatMap((type) => keysOf[type]))]);
  if (!any.has("type")) {
    any.report("missing-key", "type", `${any.at("type")} is missing`, `Write one of ${types.join(", ")}.`);
    return undefined;
  }
  const type = any.word("type", types, "link");
  const action = of.table("action", ["type", ...keysOf[type]]);
  const cost = readCost(of);
  switch (type) {
    case "link":
      return { id, trigger, cost, kind: "link", link: readLink(action, roles) };
    case "federation": {
      const federation = action.text("federation").trim();
      if (federation === "")
        action.report("bad-name", "federation", "federation name must not be empty", "Name the federation.");
      const enabled = action.flag("enabled", true);
      return {
        id,
        trigger,
        cost,
        kind: "federation",
        federation,
        enabled,
        groups: readGroups(action, roles),
      };
    }
    case "delegation":
    case "handoff":
      return { id, trigger, cost, ...readGift(action, type, roles) };
    case "mode_transition":
      return { id, trigger, cost, ...readMode(action, roles) };
  }
};

/** Reads `[[reconfigurations]]` (spec/simulation.md §3.6). */
export const readReconfigurations = (of: Fields, roles: readonly string[]): readonly Reconfiguration[] =>
  of
    .tables("reconfigurations", ["trigger", "action", "effect"])
    .flatMap((table, i) => readOne(table, i, roles) ?? []);
