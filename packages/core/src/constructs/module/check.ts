import type { DiagnosticSink } from "../../diagnostics/sink.ts";
import { suggest } from "../../resolve/suggest.ts";
import { EVERYTHING } from "../import/parse.ts";
import type { SourceFile } from "../protocol/node.ts";

/** Exposed names are declared in the file. In a text looked at `alone`, imports are named as not resolved. */
export function checkModule(file: SourceFile, alone: boolean, sink: DiagnosticSink): void {
  const { module, protocol, declarations, imports } = file;
  const protocols = protocol === undefined ? [] : [protocol, ...protocol.locals];
  const known = [...declarations, ...protocols].map((node) => node.name.text);
  for (const name of protocol === undefined ? [] : (module?.names ?? [])) {
    if (name.text === EVERYTHING || known.includes(name.text)) continue;
    const best = suggest(name.text, known);
    sink.report("exposedUndeclared", name.span, {
      args: { name: name.text },
      hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
      fix:
        best === undefined
          ? undefined
          : { title: `Replace by \`${best}\``, edits: [{ span: name.span, text: best }] },
    });
  }
  if (!alone) return;
  for (const node of imports) {
    sink.report("importUnresolved", node.span, { args: { module: node.module.text } });
  }
}
