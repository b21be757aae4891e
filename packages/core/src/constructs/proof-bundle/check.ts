import type { Checker } from "../../resolve/checker.ts";
import { suggest } from "../../resolve/suggest.ts";
import type { Name } from "../name.ts";
import type { ProofBundle } from "./node.ts";

/** Bundles declared once each, and every required one declared. */
export function checkBundles(bundles: readonly ProofBundle[], required: readonly Name[], c: Checker): void {
  const declared = new Map<string, ProofBundle>();
  for (const bundle of bundles) {
    const first = declared.get(bundle.name.text);
    if (first === undefined) declared.set(bundle.name.text, bundle);
    else {
      c.report("duplicateBundle", bundle.name.span, {
        args: { name: bundle.name.text },
        related: [{ span: first.name.span, message: "declared here first" }],
      });
    }
  }
  for (const name of required) {
    if (declared.has(name.text)) continue;
    const best = suggest(name.text, [...declared.keys()]);
    c.report("missingBundle", name.span, {
      args: { name: name.text },
      hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
      fix:
        best === undefined
          ? undefined
          : { title: `Replace by \`${best}\``, edits: [{ span: name.span, text: best }] },
    });
  }
}
