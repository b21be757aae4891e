// biome-ignore-all lint/suspicious/noTemplateCurlyInString: places of snippets are written `${1:name}`.

import { declared } from "../constructs/declaration.ts";
import type { EffectOperation } from "../constructs/effect/node.ts";
import { EVERYTHING } from "../constructs/import/parse.ts";
import type { Offer } from "./completion-item.ts";
import type { ServiceDocument } from "./document.ts";
import { capabilityVocabulary } from "./keyword-help.ts";
import { kindWords, type SymbolKind } from "./occurrence.ts";
import { exportsOf, type Workspace } from "./workspace.ts";

/** What names there are to offer at a place of a document. */
export class Names {
  readonly workspace: Workspace;
  readonly document: ServiceDocument;

  constructor(workspace: Workspace, document: ServiceDocument) {
    this.workspace = workspace;
    this.document = document;
  }

  /** Names of these kinds mentioned in the document, leaving out the mention being typed at `except`. */
  mentioned(rank: number, except: number, ...kinds: readonly SymbolKind[]): readonly Offer[] {
    return this.document.occurrences
      .filter((one) => kinds.includes(one.kind) && one.span.start !== except)
      .map((one) => ({ label: one.name, kind: one.kind, rank, detail: kindWords[one.kind] }));
  }

  /** Names defined in the document or imported into it. */
  defined(rank: number, ...kinds: readonly SymbolKind[]): readonly Offer[] {
    const own = this.document.occurrences
      .filter((one) => kinds.includes(one.kind) && one.role === "definition")
      .map((one) => ({ label: one.name, kind: one.kind, rank, detail: kindWords[one.kind] }));
    return [...own, ...this.imported(rank, kinds)];
  }

  private imported(rank: number, kinds: readonly SymbolKind[]): readonly Offer[] {
    return this.document.parsed.file.imports.flatMap(({ module, exposing }) => {
      const other = this.workspace.modules.get(module.text);
      const wanted = new Set(exposing?.map(({ text }) => text));
      if (other === undefined) return [];
      return exportsOf(other)
        .filter((one) => (wanted.has(one.name) || wanted.has(EVERYTHING)) && kinds.includes(one.kind))
        .map((one) => ({
          label: one.name,
          kind: one.kind,
          rank,
          detail: `${kindWords[one.kind]} of ${module.text}`,
        }));
    });
  }

  /** Declared roles; the one named `last`, if any, comes last. Families also as a member. */
  roles(rank: number, last?: string): readonly Offer[] {
    const roles = this.document.parsed.file.protocol?.roles ?? [];
    return roles.map(({ name, param }, at) => ({
      label: name.text,
      kind: "role",
      rank: name.text === last ? rank + 9 : rank + Math.min(Math.floor(at / 100), 8),
      detail: param === undefined ? "role" : "role family",
      ...(param === undefined ? {} : { insert: `${name.text}[\${1:*}]`, snippet: true }),
    }));
  }

  /** Operations of an effect, by name; `mode` puts those that fit first. */
  effectOperations(effect: string, mode: "check" | "observe" | undefined): readonly Offer[] {
    const found = this.effect(effect);
    if (found === undefined) return [];
    return found.operations.map((one) => ({
      label: one.name.text,
      kind: "effectOperation",
      rank: mode === undefined || (one.authority === "observe") === (mode === "observe") ? 1 : 6,
      insert: one.input.kind === "unit" ? `${one.name.text}()` : `${one.name.text}(\${1})`,
      snippet: true,
      detail: `${one.input.text} -> ${one.output.text}`,
      documentation: operationText(one),
    }));
  }

  /** An effect interface by name, here or in a module it is imported from. */
  effect(name: string) {
    return effectNamed(this.workspace, this.document, name);
  }

  /** Capabilities used anywhere in the workspace, then those of the shipped vocabulary. */
  capabilities(except: number): readonly Offer[] {
    const used = [...this.workspace.documents.values()].flatMap((document) =>
      document.occurrences
        .filter((one) => one.kind === "capability" && one.name.includes(":"))
        .filter((one) => document !== this.document || one.span.start !== except)
        .map(
          ({ name }): Offer => ({
            label: name,
            kind: "capability",
            rank: 1,
            detail: "used in the workspace",
          }),
        ),
    );
    const known = capabilityVocabulary.map(
      (label): Offer => ({ label, kind: "capability", rank: 4, detail: "known capability" }),
    );
    const labels = new Set(used.map(({ label }) => label));
    return [...used, ...known.filter(({ label }) => !labels.has(label))];
  }

  modules(): readonly Offer[] {
    const own = this.document.parsed.file.module?.name.text;
    return [...this.workspace.modules.keys()]
      .filter((name) => name !== own)
      .map((label) => ({ label, kind: "module", rank: 1 }));
  }

  exportsOf(module: string): readonly Offer[] {
    const other = this.workspace.modules.get(module);
    return other === undefined
      ? []
      : exportsOf(other).map((one) => ({
          label: one.name,
          kind: one.kind,
          rank: 1,
          detail: kindWords[one.kind],
        }));
  }
}

/** An effect interface by name, in the document or in a module that exposes it. */
export const effectNamed = (workspace: Workspace, { parsed }: ServiceDocument, name: string) => {
  const own = declared(parsed.file, "effect").find((one) => one.name.text === name);
  if (own !== undefined) return own;
  for (const { module, exposing } of parsed.file.imports) {
    if (exposing?.some(({ text }) => text === name || text === EVERYTHING) !== true) continue;
    const other = workspace.modules.get(module.text);
    const found = other && declared(other.parsed.file, "effect").find((one) => one.name.text === name);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** What an operation of an effect says about itself, as Markdown. */
export const operationText = ({ authority, input, output, metadata }: EffectOperation): string =>
  [
    `**${authority}** \`${input.text} -> ${output.text}\``,
    ...metadata.map(({ key, value }) => `- ${key}: \`${value.text}\``),
  ].join("\n");
