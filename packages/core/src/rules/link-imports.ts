import type { Advice } from "./advice.ts";
import { annotationsOf } from "./edges.ts";
import { type Link, readLink } from "./link.ts";

const written = ({ bundle, exports, imports }: Link): string =>
  [
    `bundle=${bundle}`,
    ...(exports.length === 0 ? [] : [`exports=${exports.join(",")}`]),
    ...(imports.length === 0 ? [] : [`imports=${imports.join(",")}`]),
  ].join("|");

/** Whatever a link imports, some link of the same protocol exports (language chapter §22, step 5). */
export function adviseLinkImports({ file, sink }: Advice): void {
  const links: Link[] = [];
  for (const { entry } of annotationsOf(file)) {
    const read = entry.key.text === "link" ? readLink(entry) : undefined;
    if (read?.ok) links.push(read.link);
  }
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
