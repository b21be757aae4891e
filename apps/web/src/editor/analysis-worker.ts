/// <reference lib="webworker" />
/** The front end, off the main thread: typing never waits for it. */
import {
  type Analysis,
  applySeverities,
  type Diagnostic,
  LineIndex,
  oneOfEachModule,
  packAcceptance,
  parse,
  type Sample,
  showKernel,
  showLocal,
} from "@parley/core";
import { automaton, messageRows, roleGraph, staticSequence } from "@parley/core/diagram";
import { openWorkspace, type Workspace } from "@parley/core/service";
import type { AnalysisResult, Pictures, Problem, RolePicture } from "./analysis.ts";
import { answers } from "./answers.ts";
import { moduleLinks } from "./module-links.ts";
import type { FromWorker, Severities, StudioFile, ToWorker } from "./worker-messages.ts";

/** Members of a large family are alike; so many roles get a picture. */
const ROLE_LIMIT = 64;
const PROBLEM_LIMIT = 500;

const problemsOf = (source: string, diagnostics: readonly Diagnostic[]): readonly Problem[] => {
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
  const sequence = staticSequence(analysis.seen);
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

let own: StudioFile = { uri: "parley:/", source: "" };
let others: readonly (StudioFile & { readonly module: string | undefined })[] = [];
let severities: Severities = {};
let version = 0;
let current: Workspace = openWorkspace([]);

/** All texts as they are now; what has not changed is taken over. */
const reopen = (): void => {
  const before = current.documents;
  const ownModule = /^module[ \t]+([\w.:]+)/m.exec(own.source)?.[1];
  const seen = oneOfEachModule(
    others.filter(({ uri }) => uri !== own.uri),
    ownModule,
  );
  const files = [...seen, own].map(({ uri, source }) => {
    const known = before.get(uri);
    return { uri, source, version: known?.source === source ? known.version : ++version };
  });
  current = openWorkspace(files, current);
};

const moduleOf = ({ uri, source }: StudioFile): string | undefined => {
  const known = current.documents.get(uri);
  const { file } = known?.source === source ? known.parsed : parse(source);
  return file.module?.name.text;
};

const verdictOf = (
  analysis: Analysis | undefined,
  found: readonly Diagnostic[],
): AnalysisResult["verdict"] => {
  if (analysis === undefined || own.source.trim() === "") return "empty";
  const errors = analysis.verdict === "errors" || found.some(({ severity }) => severity === "error");
  return errors ? "errors" : "sound";
};

const analysed = (request: number): AnalysisResult => {
  const document = current.documents.get(own.uri);
  const analysis = document && current.analysis(document);
  const { protocol } = analysis?.file ?? {};
  const found = applySeverities(analysis?.diagnostics ?? [], { severities, bundles: [] });
  return {
    version: request,
    verdict: verdictOf(analysis, found),
    name: protocol?.name.text,
    problems: problemsOf(own.source, found),
    sketch:
      analysis && protocol && analysis.verdict === "errors"
        ? staticSequence(analysis.seen, { maxMessages: 2000 })
        : undefined,
    pictures: analysis && picturesOf(analysis),
    families: protocol?.roles.some(({ param }) => param !== undefined) ?? false,
    links: moduleLinks(current, own.uri, others),
    packs: analysis === undefined ? [] : packAcceptance(analysis.file),
  };
};

const reply = (message: FromWorker): void => postMessage(message);

const handle = (message: ToWorker): void => {
  switch (message.kind) {
    case "text":
      own = message;
      reopen();
      return;
    case "files":
      others = message.files.map((file) => ({ ...file, module: moduleOf(file) }));
      reopen();
      return;
    case "severities":
      ({ severities } = message);
      return;
    case "analyse":
      reply({ kind: "analysed", result: analysed(message.version) });
      return;
    case "ask": {
      // The page's types pair the name with its arguments; across the boundary they are only a list.
      const ask = answers[message.name] as (...args: readonly unknown[]) => unknown;
      reply({ kind: "answer", id: message.id, answer: ask(current, own.uri, ...message.args) });
    }
  }
};

addEventListener("message", ({ data }: MessageEvent<ToWorker>) => handle(data));
