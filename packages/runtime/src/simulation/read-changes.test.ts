import { expect, test } from "vitest";
import type { RawScenario } from "./raw-scenario.ts";
import { readScenario } from "./read-scenario.ts";

const reconfiguration = (action: RawScenario): RawScenario => ({
  roles: ["A", "B"],
  reconfigurations: [{ action }],
});

test.each<readonly [string, RawScenario, string, RegExp]>([
  [
    "a delegation to itself",
    reconfiguration({ type: "delegation", scope: "s", from_role: "A", to_role: "A" }),
    "reconfigurations[0].action.to_role",
    /delegation must name distinct roles/,
  ],
  [
    "a delegation of nothing",
    reconfiguration({ type: "delegation", scope: " ", from_role: "A", to_role: "B" }),
    "reconfigurations[0].action.scope",
    /delegation scope must not be empty/,
  ],
  [
    "a handoff without an id",
    reconfiguration({ type: "handoff", handoff_id: "", from_role: "A", to_role: "B" }),
    "reconfigurations[0].action.handoff_id",
    /handoff_id must not be empty/,
  ],
  [
    "a handoff by a stranger",
    reconfiguration({ type: "handoff", handoff_id: "h", from_role: "Z", to_role: "B" }),
    "reconfigurations[0].action.from_role",
    /references unknown role Z/,
  ],
  [
    "a mode nobody changes",
    reconfiguration({ type: "mode_transition", roles: [], from_mode: "a", to_mode: "b" }),
    "reconfigurations[0].action.roles",
    /at least one role/,
  ],
  [
    "a mode that stays",
    reconfiguration({ type: "mode_transition", roles: ["A"], from_mode: "a", to_mode: "a" }),
    "reconfigurations[0].action.to_mode",
    /must change modes/,
  ],
  [
    "a mode without a name",
    reconfiguration({ type: "mode_transition", roles: ["A"], from_mode: "", to_mode: "a" }),
    "reconfigurations[0].action.from_mode",
    /modes must not be empty/,
  ],
  [
    "a role that changes twice",
    reconfiguration({ type: "mode_transition", roles: ["A", "A"], from_mode: "a", to_mode: "b" }),
    "reconfigurations[0].action.roles",
    /appears multiple times/,
  ],
  [
    "a field of an unknown layer",
    { field: { layer: "mean_fields", params: {} } },
    "field.layer",
    /the text "mean_fields"/,
  ],
  [
    "a field that lacks a parameter",
    { field: { layer: "mean_field", params: { beta: "1", species: [], initial_state: [1, 0] } } },
    "field.params.step_size",
    /step_size is missing/,
  ],
  [
    "a field with a parameter of another layer",
    {
      field: {
        layer: "mean_field",
        params: { beta: 1, mass: 1, species: [], initial_state: [1, 0], step_size: 0.1 },
      },
    },
    "field.params.mass",
    /no key mass/,
  ],
  [
    "a mean field of three",
    {
      field: {
        layer: "mean_field",
        params: { beta: 1, species: [], initial_state: [1, 0, 0], step_size: 0.1 },
      },
    },
    "field.params.initial_state",
    /exactly 2 components/,
  ],
  [
    "a field without a number for every role",
    {
      roles: ["A", "B"],
      field: {
        layer: "continuum_field",
        params: { coupling: 1, components: 1, initial_fields: [1], step_size: 0.1 },
      },
    },
    "field.params.initial_fields",
    /1 values for 2 roles/,
  ],
  [
    "a body without mass",
    {
      field: {
        layer: "hamiltonian",
        params: {
          spring_constant: 1,
          mass: 0,
          dimensions: 1,
          initial_positions: [1],
          initial_momenta: [1],
          step_size: 0.1,
        },
      },
    },
    "field.params.mass",
    /must be > 0/,
  ],
])("%s is refused, by path", (_, raw, path, words) => {
  const read = readScenario({ name: "test", ...raw });
  const found = (read.ok ? [] : read.errors).filter((error) => error.path === path);
  expect(found.map(({ reason }) => reason).join("; ")).toMatch(words);
  for (const { code, fix } of found)
    expect([code, fix !== ""]).toEqual([expect.stringMatching(/^PAR81\d\d$/), true]);
});
