/// <reference lib="webworker" />
/** Compares two versions off the main thread: exploring who breaks may take seconds. */
import { type Analysis, readModules } from "@parley/core";
import { type SequenceModel, staticSequence, walkRows } from "@parley/core/diagram";
import { analyseVersion, compat, diffProtocols, type VersionText } from "@parley/core/diff";
import type { CompareAnswer, ComparedSide, ComparedText, CompareRequest } from "./compare.ts";

const framesOf = (model: SequenceModel): Readonly<Record<string, string>> => {
  const found: Record<string, string> = {};
  walkRows(model.rows, (row) => {
    if (row.kind === "frame") for (const section of row.sections) found[section.id] = row.id;
  });
  return found;
};

const sideOf = ({ file, kernel, diagnostics }: Analysis): ComparedSide => {
  const sequence = staticSequence(file);
  return {
    sequence,
    errors: diagnostics.filter(({ severity }) => severity === "error").length,
    families: kernel?.roles.filter(({ size }) => size === "*").map(({ name }) => name) ?? [],
    names: kernel?.parameters ?? [],
    frameOf: framesOf(sequence),
  };
};

const sideForDiff = (side: ComparedSide, { kernel }: Analysis) => ({
  sequence: side.sequence,
  ...(kernel === undefined ? {} : { kernel }),
});

const versionOf = ({ source, imports }: ComparedText): VersionText =>
  imports.length === 0
    ? source
    : {
        source,
        imports: {
          path: "",
          modules: readModules(imports.map((one) => ({ path: one.module, source: one.source }))),
        },
      };

const answer = (message: CompareAnswer): void => postMessage(message);

addEventListener("message", ({ data }: MessageEvent<CompareRequest>) => {
  const [oldText, newText] = [versionOf(data.old), versionOf(data.new)];
  const before = analyseVersion(oldText);
  const after = analyseVersion(newText);
  const [old, now] = [sideOf(before), sideOf(after)];
  const diff = diffProtocols(sideForDiff(old, before), sideForDiff(now, after));
  answer({ kind: "differences", key: data.key, old, new: now, diff });
  answer({ kind: "verdicts", key: data.key, compat: compat(oldText, newText) });
});
