/// <reference lib="webworker" />
/** The front end, off the main thread: typing never waits for it. */
import { type Analysis, analyse, LineIndex, type Sample, showKernel, showLocal } from "@parley/core";
import { automaton, messageRows, roleGraph, staticSequence } from "@parley/core/diagram";
import type { AnalysisRequest, AnalysisResult, Pictures, Problem, RolePicture } from "./analysis.ts";

/** Members of a large family are alike; so many roles get a picture. */
const ROLE_LIMIT = 64;
const PROBLEM_LIMIT = 500;

const problemsOf = ({ source, diagnostics }: Analysis): readonly Problem[] => {
  const lines = new LineIndex(source);
  return diagnostics.slice(0, PROBLEM_LIMIT).map((found) => {
    const { line, column } = lines.positionAt(found.span.start);
    return {
      code: found.code,
      severity: found.severity,
      message: found.message,
      start: found.span.start,
      end: found.span.end,
      line,
      column,
      related: found.related.map(({ message, span }) => ({ message, start: span.start, end: span.end })),
      ...(found.fix
        ? {
            fix: {
              title: found.fix.title,
              edits: found.fix.edits.map(({ span, text }) => ({ start: span.start, end: span.end, text })),
            },
          }
        : {}),
    };
  });
};

const sizesOf = ({ bindings }: Sample): string =>
  [...Object.entries(bindings.families), ...Object.entries(bindings.names)]
    .map(([name, size]) => `${name} = ${size}`)
    .join(", ");

const rolesOf = (sample: Sample | undefined): readonly RolePicture[] =>
  Object.entries(sample?.locals ?? {})
    .slice(0, ROLE_LIMIT)
    .map(([role, local]) => ({ role, type: showLocal(local), automaton: automaton(local) }));

const picturesOf = (analysis: Analysis): Pictures | undefined => {
  if (analysis.verdict !== "sound" || !analysis.kernel) return undefined;
  const sequence = staticSequence(analysis.file);
  const sample = analysis.samples?.at(-1);
  return {
    sequence,
    graph: roleGraph(sequence),
    roles: rolesOf(sample),
    sizes: sample ? sizesOf(sample) : "",
    global: showKernel(analysis.kernel.body),
    spans: messageRows(sequence).flatMap(({ edge, span }) =>
      span ? [{ edge, start: span.start, end: span.end }] : [],
    ),
  };
};

const answer = ({ version, text }: AnalysisRequest): AnalysisResult => {
  const analysis = analyse(text);
  const { protocol } = analysis.file;
  return {
    version,
    verdict: text.trim() === "" ? "empty" : analysis.verdict,
    name: protocol?.name.text,
    problems: problemsOf(analysis),
    sketch:
      protocol && analysis.verdict === "errors"
        ? staticSequence(analysis.file, { maxMessages: 2000 })
        : undefined,
    pictures: picturesOf(analysis),
  };
};

addEventListener("message", ({ data }: MessageEvent<AnalysisRequest>) => postMessage(answer(data)));
