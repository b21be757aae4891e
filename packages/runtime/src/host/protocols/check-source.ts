import type { Analysis } from "@parley/core";
import { LineIndex } from "@parley/core";
import type { CheckRequest, CheckResponse } from "@parley/wire/http";
import type { HostCore } from "../core.ts";
import { analyseNow } from "./importable.ts";

/** Checks a text among the saved ones, or as a version of a protocol, with the imports that version has. */
export const checkRequest = (core: HostCore, { source, protocol, version }: CheckRequest): CheckResponse => {
  const record = protocol === undefined ? undefined : core.workspace.durable.protocols.get(protocol);
  const saved = record?.versions.findLast((one) => one.version === version && one.source === source);
  return checkSource(
    saved === undefined ? analyseNow(core, source, protocol) : core.analyses.of(source, saved.imports),
  );
};

/** What a text is: its verdict, every finding with its place, and what must be bound to open it. */
export const checkSource = (analysis: Analysis): CheckResponse => {
  const lines = new LineIndex(analysis.source);
  const { kernel, file } = analysis;
  return {
    verdict: analysis.verdict,
    diagnostics: analysis.diagnostics.map(({ code, severity, message, span, related }) => ({
      code,
      severity,
      message,
      span: { start: span.start, end: span.end },
      ...lines.positionAt(span.start),
      related: related.map((one) => ({
        message: one.message,
        span: { start: one.span.start, end: one.span.end },
      })),
    })),
    name: kernel?.name ?? file.protocol?.name.text ?? null,
    namespace: kernel?.namespace ?? null,
    roles: (kernel?.roles ?? []).map(({ name, size }) => ({ name, size: size ?? null })),
    parameters: [...(kernel?.parameters ?? [])],
  };
};
