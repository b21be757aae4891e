import { analyse, check, isAdmissionCode, parse } from "@parley/core";
import { renderReference } from "@parley/core/reference";
import { conformanceOfProjectionCase } from "@parley/core/theory";
import { renderCode, renderRuns, runMachineCase } from "@parley/runtime/reference";
import type { Area } from "./compare.ts";

type Json = Readonly<Record<string, unknown>>;

const languageAnswer = (source: string): Json => {
  const { file, diagnostics } = parse(source);
  const found = [...diagnostics, ...check(file)];
  const rendering = renderReference(file, found, source) as unknown as Json;
  const locals = rendering.locals as Json | undefined;
  // The corpus runs a program only where it has a core global type.
  if (!locals || rendering.global === undefined) return rendering;
  return { ...rendering, code: renderCode(locals), runs: renderRuns(locals) };
};

/** Our answer to one input of the corpus, in the form of its goldens. */
export const answer = (area: Area, input: string): Json => {
  switch (area) {
    case "language":
      return languageAnswer(input);
    case "projection":
      return conformanceOfProjectionCase(JSON.parse(input)) as Json;
    case "machine":
      return runMachineCase(JSON.parse(input)) as Json;
  }
};

/** Whether Parley itself takes a program: no errors, every role projects. What only admission would refuse is none of the language. */
export const accepts = (source: string): boolean =>
  !analyse(source).diagnostics.some(({ code, severity }) => severity === "error" && !isAdmissionCode(code));
