import type { Fields } from "./fields.ts";
import type { Fixed } from "./fixed.ts";
import type { Field } from "./scenario.ts";

const layers = ["mean_field", "hamiltonian", "continuum_field"] as const;
type Layer = (typeof layers)[number];

const keysOf: { readonly [layer in Layer]: readonly string[] } = {
  mean_field: ["beta", "species", "initial_state", "step_size"],
  hamiltonian: ["spring_constant", "mass", "dimensions", "initial_positions", "initial_momenta", "step_size"],
  continuum_field: ["coupling", "components", "initial_fields", "step_size"],
};

/** Values one a role; fewer than there are roles leave some without. */
const perRole = (of: Fields, key: string, roles: readonly string[]): readonly Fixed[] => {
  const found = of.fixedList(key);
  if (found.length < roles.length)
    of.report(
      "out-of-range",
      key,
      `${of.at(key)} has ${found.length} values for ${roles.length} roles`,
      "Write one a role, in the order of `roles`.",
    );
  return found;
};

const readMass = (of: Fields): Fixed => {
  const mass = of.fixedNumber("mass");
  if (mass !== undefined && mass <= 0n)
    of.report("out-of-range", "mass", `${of.at("mass")} must be > 0`, "Write a positive number.");
  return mass !== undefined && mass > 0n ? mass : 1n;
};

/** Reads `[field]` with its `[field.params]` (spec/simulation.md §11.1); every parameter must be there. */
export const readField = (of: Fields, roles: readonly string[]): Field | undefined => {
  if (!of.has("field")) return undefined;
  const table = of.table("field", ["layer", "params"]);
  if (!table.has("layer")) {
    table.report("missing-key", "layer", "field.layer is missing", `Write one of ${layers.join(", ")}.`);
    return undefined;
  }
  const layer = table.word("layer", layers, "mean_field");
  const params = table.table("params", keysOf[layer]);
  for (const key of keysOf[layer])
    if (!params.has(key))
      params.report(
        "missing-key",
        key,
        `${params.at(key)} is missing`,
        "Every parameter of a layer is needed.",
      );
  const step = params.fixedNumber("step_size") ?? 0n;
  switch (layer) {
    case "mean_field": {
      const initial = params.fixedList("initial_state");
      if (params.has("initial_state") && initial.length !== 2)
        params.report(
          "out-of-range",
          "initial_state",
          `a mean field needs exactly 2 components, not ${initial.length}`,
          "Write two shares.",
        );
      return { layer, beta: params.fixedNumber("beta") ?? 0n, initial, step };
    }
    case "hamiltonian":
      return {
        layer,
        spring: params.fixedNumber("spring_constant") ?? 0n,
        mass: readMass(params),
        positions: perRole(params, "initial_positions", roles),
        momenta: perRole(params, "initial_momenta", roles),
        step,
      };
    case "continuum_field":
      return {
        layer,
        coupling: params.fixedNumber("coupling") ?? 0n,
        initial: perRole(params, "initial_fields", roles),
        step,
      };
  }
};
