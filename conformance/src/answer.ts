import { analyse, parse } from "@parley/core";
import { renderReference } from "@parley/core/reference";
import { conformanceOfProjectionCase, decodeGlobal, encodeLocal, projectAll } from "@parley/core/theory";
import { renderCode, renderRuns, runMachineCase } from "@parley/runtime/reference";
import type { Area } from "./compare.ts";

type Json = Readonly<Record<string, unknown>>;

/** The local types that code is made from: the strict projection of the global type where there is one. */
const localsOf = (rendering: Json): Json | undefined => {
  if (rendering.global === undefined) return rendering.locals as Json | undefined;
  const projected = projectAll(decodeGlobal(rendering.global));
  if (!projected.ok) return rendering.locals as Json | undefined;
  return Object.fromEntries(projected.locals.map(([role, local]) => [role, encodeLocal(local)]));
};

const languageAnswer = (source: string): Json => {
  const { file, diagnostics } = parse(source);
  const rendering = renderReference(file, diagnostics, source) as unknown as Json;
  const compiles = (rendering.compile as { ok?: boolean } | undefined)?.ok === true;
  const locals = compiles && rendering.locals !== undefined ? localsOf(rendering) : undefined;
  if (!locals) return rendering;
  return { ...rendering, code: renderCode(locals), runs: renderRuns(rendering.global, locals) };
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

/** Whether Parley itself takes a program: no errors, every role projects. */
export const accepts = (source: string): boolean => analyse(source).verdict === "sound";
