import { type Analysis, bind, projectAll } from "@parley/core";
import { type CodeImage, compileImage } from "../machine/code/image.ts";
import type { Scenario } from "./scenario.ts";
import { type ScenarioError, scenarioError } from "./scenario-error.ts";

export type BoundImage =
  | { readonly ok: true; readonly image: CodeImage }
  | { readonly ok: false; readonly errors: readonly ScenarioError[] };

const refused = (reason: string): BoundImage => ({
  ok: false,
  errors: [
    scenarioError(
      "bad-bindings",
      "families",
      reason,
      "Give every open family a size under [families] and every name a number under [names].",
    ),
  ],
});

/** Compiles a sound text for the sizes and numbers of a scenario; equal ones share an image. */
export const imagesOf = ({
  kernel,
}: Pick<Analysis, "kernel">): ((scenario: Pick<Scenario, "families" | "names">) => BoundImage) => {
  const known = new Map<string, BoundImage>();
  const compile = ({ families, names }: Pick<Scenario, "families" | "names">): BoundImage => {
    if (kernel === undefined) return refused("the protocol does not check");
    const bound = bind(kernel, { families, names });
    if (!bound.ok) return refused(bound.diagnostics.map(({ message }) => message).join("; "));
    const { locals, diagnostics } = projectAll(bound.protocol);
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    if (errors.length > 0) return refused(errors.map(({ message }) => message).join("; "));
    return { ok: true, image: compileImage({ version: "", locals: new Map(Object.entries(locals)) }) };
  };
  return (scenario) => {
    const key = JSON.stringify([scenario.families, scenario.names]);
    const found = known.get(key) ?? compile(scenario);
    known.set(key, found);
    return found;
  };
};
