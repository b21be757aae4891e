import type { Advice } from "./advice.ts";
import { type Link, linksOf } from "./link.ts";

const written = ({ bundle, exports, imports }: Link): string =>
  [
    `bundle=${bundle}`,
    ...(exports.length === 0 ? [] : [`exports=${exports.join(",")}`]),
    ...(imports.length === 0 ? [] : [`imports=${imports.join(",")}`]),
  ].join("|");

/** Whatever a link imports, some link of the same protocol exports (language chapter §22, step 5). */
export function adviseLinkImports({ annotations, sink }: Advice): void {
  const links = linksOf(annotations);
  const exported = new Set(links.flatMap((link) => link.exports));
  for (const link of links) {
    const missing = link.imports.filter((name) => !exported.has(name));
    const mended = { ...link, imports: link.imports.filter((name) => exported.has(name)) };
    for (const name of missing) {
      sink.report("linkImport", link.span, {
        args: { bundle: link.bundle, name },
        fix: {
          title: "Import only what is exported",
          edits: [{ span: link.span, text: `"${written(mended)}"` }],
        },
      });
    }
  }
}
