import { declared } from "../constructs/declaration.ts";
import { T } from "../syntax/token-kind.ts";
import { effectNamed, operationText } from "./completion-names.ts";
import { placeAt, type Word } from "./completion-place.ts";
import type { ServiceDocument } from "./document.ts";
import { annotationHelp } from "./keyword-help.ts";
import type { Workspace } from "./workspace.ts";

/** What is expected between the brackets around the cursor. */
export interface SignatureHelp {
  readonly label: string;
  /** Markdown. */
  readonly documentation: string;
  /** Each a stretch of `label`, by offsets into it. */
  readonly parameters: readonly {
    readonly start: number;
    readonly end: number;
    readonly documentation: string;
  }[];
  readonly active: number;
}

interface Part {
  readonly text: string;
  readonly documentation: string;
}

const signature = (
  head: string,
  parts: readonly Part[],
  tail: string,
  documentation: string,
  active: number,
): SignatureHelp => {
  let label = head;
  const parameters = parts.map(({ text, documentation: about }, at) => {
    if (at > 0) label += ", ";
    const start = label.length;
    label += text;
    return { start, end: label.length, documentation: about };
  });
  return {
    label: label + tail,
    documentation,
    parameters,
    active: Math.min(active, Math.max(parts.length - 1, 0)),
  };
};

const commas = (inside: readonly Word[]): number => {
  let depth = 0;
  let count = 0;
  for (const { kind } of inside) {
    if (kind === T.lparen || kind === T.lbracket) depth++;
    else if (kind === T.rparen || kind === T.rbracket) depth--;
    else if (kind === T.comma && depth === 0) count++;
  }
  return count;
};

/** The keys of a sender record, the arguments of an effect operation, or those of an operation. */
export const signatureHelp = (
  workspace: Workspace,
  uri: string,
  offset: number,
): SignatureHelp | undefined => {
  const document = workspace.documents.get(uri);
  if (document === undefined) return undefined;
  const { words, bracket, comment } = placeAt(
    document,
    Math.min(Math.max(offset, 0), document.source.length),
  );
  const open = bracket === undefined ? undefined : words[bracket];
  if (bracket === undefined || open === undefined || comment) return undefined;
  const head = words.slice(0, bracket);
  const inside = words.slice(bracket + 1);
  if (open.text === "{") return head.some(({ kind }) => kind === T.colon) ? undefined : recordHelp(inside);
  if (open.text !== "(") return undefined;
  return head.at(-2)?.kind === T.dot
    ? effectHelp(workspace, document, head, commas(inside))
    : operationHelp(document, head, commas(inside));
};

const recordHelp = (inside: readonly Word[]): SignatureHelp => {
  const keys = Object.entries(annotationHelp);
  const key = inside.findLast((_, at) => inside[at + 1]?.kind === T.colon);
  const last = inside.at(-1);
  const at = keys.findIndex(([name]) => name === key?.text);
  const used = new Set(inside.map(({ text }) => text));
  const free = keys.findIndex(([name]) => !used.has(name));
  const parts = keys.map(([name, { text, value }]) => ({ text: `${name} : ${value}`, documentation: text }));
  const active = last === undefined || last.kind === T.comma || at < 0 ? Math.max(free, 0) : at;
  return signature(
    "{ ",
    parts,
    " }",
    "What must hold, is paid, is noted and leaks when the message goes.",
    active,
  );
};

const effectHelp = (
  workspace: Workspace,
  document: ServiceDocument,
  head: readonly Word[],
  active: number,
): SignatureHelp | undefined => {
  const effect = head.at(-3)?.text ?? "";
  const name = head.at(-1)?.text ?? "";
  const operation = effectNamed(workspace, document, effect)?.operations.find(
    (one) => one.name.text === name,
  );
  if (operation === undefined) return undefined;
  const { input, output } = operation;
  const parts = input.kind === "unit" ? [] : [{ text: input.text, documentation: "" }];
  return signature(`${effect}.${name}(`, parts, `) : ${output.text}`, operationText(operation), active);
};

const operationHelp = (
  document: ServiceDocument,
  head: readonly Word[],
  active: number,
): SignatureHelp | undefined => {
  const name = head.at(-1)?.text ?? "";
  const first = head[0]?.text;
  if (first !== "begin") return undefined;
  const operation = declared(document.parsed.file, "operation").find((one) => one.name.text === name);
  if (operation === undefined) return undefined;
  const parts = operation.params.map((one) => ({
    text: `${one.name.text} : ${one.type.text}`,
    documentation: "",
  }));
  const { owner } = operation;
  return signature(
    `${name}(`,
    parts,
    `) at ${owner.name.text}`,
    `Operation of **${owner.name.text}**.`,
    active,
  );
};
