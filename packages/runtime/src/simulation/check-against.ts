import type { CodeImage } from "../machine/code/image.ts";
import type { TypeState } from "../machine/code/program.ts";
import type { ValueType } from "../machine/code/value-type.ts";
import { checkPredicate } from "../observe/check-predicate.ts";
import type { Predicate } from "../observe/predicate.ts";
import { meansRole } from "./read-trigger.ts";
import { footprintOf } from "./reconfigure.ts";
import type { Property, Scenario } from "./scenario.ts";
import { type ScenarioError, type ScenarioErrorKind, scenarioError } from "./scenario-error.ts";
import { valueFor } from "./tamper.ts";

type Report = (kind: ScenarioErrorKind, path: string, reason: string, fix: string) => void;

const statesOf = (image: CodeImage, role: string): readonly TypeState[] =>
  image.roles.flatMap((known, i) => (meansRole(role, known) ? (image.programs[i]?.states ?? []) : []));

/** What a role can decide for, anywhere. */
const decisionsOf = (states: readonly TypeState[]): readonly string[] =>
  states.flatMap((state) => {
    if (state.kind === "decide") return state.outcomes.map(({ outcome }) => outcome);
    if (state.kind === "perform") return state.deed.kind === "await" ? ["done"] : [];
    if (state.kind !== "send" || state.branches.length < 2) return [];
    return state.branches.flatMap(({ label, arm }) => (arm === undefined ? [label] : [label, arm]));
  });

/** What a role sends or is asked for, with the type of what it holds. */
const messagesOf = (states: readonly TypeState[]): ReadonlyMap<string, ValueType> => {
  const found = new Map<string, ValueType>();
  for (const state of states) {
    if (state.kind === "send") for (const { label, type } of state.branches) found.set(label, type);
    if (state.kind === "perform" && state.deed.kind === "ask" && state.type !== undefined)
      found.set(state.deed.what, state.type);
  }
  return found;
};

const listed = (names: Iterable<string>): string => [...new Set(names)].sort().join(", ") || "none";

const checkRoles = ({ roles: written }: Scenario, { roles }: CodeImage, report: Report): void => {
  if (written.length === 0) return;
  for (const role of written)
    if (!roles.some((known) => meansRole(role, known)))
      report(
        "unknown-role",
        "roles",
        `the protocol has no role ${role}`,
        `Its roles are ${roles.join(", ")}.`,
      );
  for (const role of roles)
    if (!written.some((known) => meansRole(known, role)))
      report("bad-roles", "roles", `the protocol's role ${role} is missing`, "Add it, or leave `roles` out.");
};

/** Every role the network, the adversaries and the faults name. */
const namedRoles = (scenario: Scenario): readonly (readonly [path: string, role: string])[] => [
  ...(scenario.network?.links ?? []).flatMap(({ from, to }, i) => [
    [`network.links[${i}].from`, from] as const,
    [`network.links[${i}].to`, to] as const,
  ]),
  ...scenario.reconfigurations.flatMap((change, i) => {
    const path = `reconfigurations[${i}].action`;
    return footprintOf(change).map((role) => [path, role] as const);
  }),
  ...scenario.adversaries.flatMap(({ action, filter, trigger }, i) => {
    const path = `adversaries[${i}]`;
    const roles = [
      action.kind === "crash" ? action.role : undefined,
      filter.from,
      filter.to,
      trigger.kind === "onEvent" ? trigger.role : undefined,
    ];
    return roles.flatMap((role) => (role === undefined ? [] : [[path, role] as const]));
  }),
  ...scenario.faults.flatMap(({ from, to }, i) => [
    [`faults[${i}].from`, from] as const,
    [`faults[${i}].to`, to] as const,
  ]),
];

const checkScript = (scenario: Scenario, image: CodeImage, report: Report): void => {
  const known = (path: string, role: string): boolean => {
    if (image.roles.some((one) => meansRole(role, one))) return true;
    report(
      "unknown-role",
      path,
      `the protocol has no role ${role}`,
      `Its roles are ${image.roles.join(", ")}.`,
    );
    return false;
  };
  for (const [path, role] of namedRoles(scenario)) known(path, role);
  scenario.decide.forEach(({ role, take }, i) => {
    if (!known(`decide[${i}].role`, role)) return;
    const options = decisionsOf(statesOf(image, role));
    if (!options.includes(take))
      report(
        "not-offered",
        `decide[${i}].take`,
        `${role} never decides for ${take}`,
        `It decides among: ${listed(options)}.`,
      );
  });
  scenario.payload.forEach(({ role, message, value }, i) => {
    if (!known(`payload[${i}].role`, role)) return;
    const messages = messagesOf(statesOf(image, role));
    const type = messages.get(message);
    if (type === undefined)
      report(
        "not-offered",
        `payload[${i}].message`,
        `${role} never sends or is asked for ${message}`,
        `It gives: ${listed(messages.keys())}.`,
      );
    else if (valueFor(type, value) === undefined)
      report(
        "out-of-range",
        `payload[${i}].value`,
        `${String(value)} is no ${type.kind}`,
        "Write a value of the declared type.",
      );
  });
};

const predicatesOf = (property: Property): readonly (readonly [path: string, of: Predicate])[] => {
  switch (property.kind) {
    case "always":
    case "never":
    case "eventually":
      return [[property.path, property.predicate]];
    case "liveness":
      return [
        [`${property.path}.precondition`, property.precondition],
        [`${property.path}.goal`, property.goal],
      ];
    default:
      return [];
  }
};

const checkProperties = (scenario: Scenario, image: CodeImage, report: Report): void => {
  const held = (scenario.expect?.holds ?? []).map(({ path, predicate }) => [path, predicate] as const);
  for (const [path, predicate] of [...scenario.properties.flatMap(predicatesOf), ...held]) {
    const unknown = checkPredicate(predicate, image);
    if (unknown !== undefined)
      report(
        "bad-property",
        path,
        `unsupported predicate lhs: there is no ${unknown.name}`,
        `Known are ${unknown.known.join(", ")}.`,
      );
  }
  const names = scenario.properties.map(({ name }) => name);
  scenario.expect?.violations.forEach((name, i) => {
    if (!names.includes(name))
      report(
        "bad-property",
        `expect.violations[${i}]`,
        `no property is named ${name}`,
        `Properties are: ${listed(names)}.`,
      );
  });
};

/**
 * Checks a scenario against the protocol it is to run: roles, what the script
 * decides and says, what properties speak of. Empty when it fits.
 */
export const checkAgainst = (scenario: Scenario, image: CodeImage): readonly ScenarioError[] => {
  const errors: ScenarioError[] = [];
  const report: Report = (kind, path, reason, fix) => {
    errors.push(scenarioError(kind, path, reason, fix));
  };
  checkRoles(scenario, image, report);
  checkScript(scenario, image, report);
  checkProperties(scenario, image, report);
  return errors;
};
