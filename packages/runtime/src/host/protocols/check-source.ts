import type { Analysis } from "@parley/core";
import { LineIndex } from "@parley/core";
import type { CheckResponse } from "@parley/wire/http";

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
