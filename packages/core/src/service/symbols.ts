import type { Declaration } from "../constructs/declaration.ts";
import type { Name } from "../constructs/name.ts";
import type { ProtocolDecl } from "../constructs/protocol/node.ts";
import type { Statement } from "../constructs/statement.ts";
import type { Span } from "../text/span.ts";
import { blocksIn } from "./blocks.ts";
import { kindWords, type SymbolKind } from "./occurrence.ts";
import type { Location, Workspace } from "./workspace.ts";

/** A node of the outline of a file. */
export interface DocumentSymbol {
  readonly name: string;
  readonly detail: string;
  readonly kind: SymbolKind;
  readonly span: Span;
  /** Inside `span`: what is selected when the symbol is. */
  readonly nameSpan: Span;
  readonly children: readonly DocumentSymbol[];
}

const symbol = (
  kind: SymbolKind,
  name: Name,
  span: Span,
  detail = "",
  children: readonly DocumentSymbol[] = [],
): readonly DocumentSymbol[] =>
  name.text === ""
    ? []
    : [
        {
          name: name.text,
          detail,
          kind,
          span: around(span, name.span, children),
          nameSpan: name.span,
          children,
        },
      ];

/** A parent holds its name and its children, also when the text is broken. */
const around = (span: Span, name: Span, children: readonly DocumentSymbol[]): Span => ({
  start: Math.min(span.start, name.start, ...children.slice(0, 1).map((child) => child.span.start)),
  end: Math.max(span.end, name.end, ...children.map((child) => child.span.end)),
});

const message = (node: Statement): readonly DocumentSymbol[] => {
  if (node.kind !== "send" && node.kind !== "broadcast") return [];
  const to = node.kind === "send" ? node.to.name.text : "*";
  return symbol("message", node.message.name, node.span, `${node.from.name.text} → ${to}`);
};

/** Messages, labels and bindings of a list, arms nested under what they belong to. */
const statements = (body: readonly Statement[]): readonly DocumentSymbol[] => body.flatMap(statement);

const statement = (node: Statement): readonly DocumentSymbol[] => {
  switch (node.kind) {
    case "choice":
      return node.arms.flatMap((arm) =>
        symbol("arm", arm.label, arm.span, `choice of ${node.decider.name.text}`, statements(arm.body)),
      );
    case "case":
      return node.arms.flatMap((arm) =>
        symbol("arm", arm.constructor, arm.span, "case", statements(arm.body)),
      );
    case "rec":
      return symbol("label", node.label, node.span, "rec", statements(node.body));
    case "let":
      return symbol("binding", node.name, node.span, "let", statements(node.body ?? []));
    case "publishAs":
      return symbol("publication", node.publication, node.span);
    case "materialize":
      return symbol("binding", node.proof, node.span, "materialize");
    default:
      return [...message(node), ...blocksIn(node).flatMap((block) => statements(block.body))];
  }
};

const declaration = (node: Declaration): readonly DocumentSymbol[] => {
  switch (node.kind) {
    case "effect":
      return symbol(
        "effect",
        node.name,
        node.span,
        "",
        node.operations.flatMap((one) =>
          symbol("effectOperation", one.name, one.span, `${one.input.text} -> ${one.output.text}`),
        ),
      );
    case "type":
      return symbol(
        "type",
        node.name,
        node.span,
        node.alias === undefined ? "" : node.alias.text,
        node.constructors.flatMap((one) =>
          symbol("constructor", one.name, one.span, one.payload?.text ?? ""),
        ),
      );
    case "operation":
      return symbol("operation", node.name, node.span, `at ${node.owner.name.text}`, statements(node.body));
    case "proofBundle":
      return symbol("bundle", node.name, node.span);
    case "profile":
      return symbol("executionProfile", node.name, node.span);
    default:
      return symbol(node.kind, node.name, node.span);
  }
};

const protocolSymbols = (node: ProtocolDecl, source: string): readonly DocumentSymbol[] => {
  const roles = node.roles.flatMap((role) =>
    symbol("role", role.name, role.span, source.slice(role.name.span.end, role.span.end)),
  );
  const locals = node.locals.flatMap((local) =>
    symbol("localProtocol", local.name, local.span, "", statements(local.body)),
  );
  return symbol("protocol", node.name, node.span, "", [...roles, ...statements(node.body), ...locals]);
};

/** The outline of a document: declarations, the protocol with its roles, messages, arms and local protocols. */
export const documentSymbols = (workspace: Workspace, uri: string): readonly DocumentSymbol[] => {
  const document = workspace.documents.get(uri);
  if (document === undefined) return [];
  const { module, declarations, protocol } = document.parsed.file;
  return [
    ...(module === undefined ? [] : symbol("module", module.name, module.span)),
    ...declarations.flatMap(declaration),
    ...(protocol === undefined ? [] : protocolSymbols(protocol, document.source)),
  ];
};

/** A symbol found anywhere in the workspace. */
export interface WorkspaceSymbol extends Location {
  readonly name: string;
  readonly kind: SymbolKind;
  /** The module, or what the symbol is part of. */
  readonly container: string;
}

const searched: ReadonlySet<SymbolKind> = new Set<SymbolKind>([
  "module",
  "protocol",
  "localProtocol",
  "role",
  "message",
  "type",
  "constructor",
  "effect",
  "effectOperation",
  "operation",
  "bundle",
  "executionProfile",
  "agreementProfile",
  "roleSet",
  "topology",
  "fragment",
  "guestRuntime",
  "publication",
]);

const SYMBOL_LIMIT = 1_000;

/** Letters of the query in order, without regard to case. */
const matches = (name: string, query: string): boolean => {
  const low = name.toLowerCase();
  let at = 0;
  for (const letter of query.toLowerCase()) {
    at = low.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
};

/** Symbols whose name holds the letters of the query in order; those that start with it first. At most 1,000. */
export const workspaceSymbols = (workspace: Workspace, query: string): readonly WorkspaceSymbol[] => {
  const found: WorkspaceSymbol[] = [];
  for (const uri of [...workspace.documents.keys()].sort()) {
    const document = workspace.documents.get(uri);
    const container =
      document?.parsed.file.module?.name.text ?? document?.parsed.file.protocol?.name.text ?? "";
    for (const one of document?.occurrences ?? []) {
      if (one.role !== "definition" || !searched.has(one.kind) || !matches(one.name, query)) continue;
      const within = one.kind === "effectOperation" ? one.scope : `${kindWords[one.kind]}, ${container}`;
      found.push({ uri, span: one.span, name: one.name, kind: one.kind, container: within });
    }
  }
  const start = query.toLowerCase();
  const late = ({ name }: WorkspaceSymbol): number => (name.toLowerCase().startsWith(start) ? 0 : 1);
  return found.sort((a, b) => late(a) - late(b)).slice(0, SYMBOL_LIMIT);
};
