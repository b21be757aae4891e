import { analyse, type Diagnostic } from "@parley/core";
import { type BoundImage, imagesOf, type Scenario } from "@parley/runtime/simulation";
import { importsBeside } from "../report/imports.ts";
import { readText } from "../report/input.ts";

/** A protocol's text, what is wrong with it, and its images. */
export interface LoadedProtocol {
  readonly source: string;
  readonly errors: readonly Diagnostic[];
  readonly imageFor: (scenario: Scenario) => BoundImage;
}

/** Reads and checks a `.tell` file, with what lies beside it for its imports. */
export const loadProtocol = (file: string): LoadedProtocol => {
  const source = readText(file);
  const analysis = analyse(source, {}, importsBeside(file, source));
  return {
    source,
    errors: analysis.diagnostics.filter(({ severity }) => severity === "error"),
    imageFor: imagesOf(analysis),
  };
};
