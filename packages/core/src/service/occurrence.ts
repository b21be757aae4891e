import type { Span } from "../text/span.ts";

/** What a name in a text can stand for. */
export type SymbolKind =
  | "module"
  | "alias"
  | "protocol"
  | "localProtocol"
  | "role"
  | "parameter"
  | "label"
  | "arm"
  | "message"
  | "type"
  | "constructor"
  | "effect"
  | "effectOperation"
  | "operation"
  | "binding"
  | "bundle"
  | "capability"
  | "executionProfile"
  | "agreementProfile"
  | "contract"
  | "roleSet"
  | "topology"
  | "fragment"
  | "guestRuntime"
  | "publication"
  | "event"
  | "work"
  /** A name an import exposes; what it stands for is decided by the module it comes from. */
  | "exposed";

/**
 * One mention of a name. Two mentions in one file mean the same thing exactly
 * when kind, scope and name agree. `scope` is "" for names of the whole file,
 * the name of the effect for its operations, and otherwise the offset where
 * the construct that binds the name starts.
 */
export interface Occurrence {
  readonly kind: SymbolKind;
  readonly name: string;
  readonly span: Span;
  readonly role: "definition" | "reference";
  readonly scope: string;
  /** The modules the name may come from, when it is imported: the first of them that declares it. */
  readonly from?: readonly string[];
}

/** Equal for two mentions in one file exactly when they mean the same. */
export const symbolKey = ({ kind, scope, name, from }: Omit<Occurrence, "span" | "role">): string => {
  if (from === undefined || kind === "module") return `${kind} ${scope} ${name}`;
  const modules = from.join(" ");
  return kind === "effectOperation" ? `from ${modules} ${scope} ${name}` : `from ${modules} ${name}`;
};

/** How a kind is called in a sentence. */
export const kindWords: Readonly<Record<SymbolKind, string>> = {
  module: "module",
  alias: "import alias",
  protocol: "protocol",
  localProtocol: "local protocol",
  role: "role",
  parameter: "number bound at open",
  label: "rec label",
  arm: "arm label",
  message: "message",
  type: "type",
  constructor: "constructor",
  effect: "effect interface",
  effectOperation: "effect operation",
  operation: "operation",
  binding: "bound name",
  bundle: "proof bundle",
  capability: "capability",
  executionProfile: "execution profile",
  agreementProfile: "agreement profile",
  contract: "progress contract",
  roleSet: "role set",
  topology: "topology",
  fragment: "fragment",
  guestRuntime: "guest runtime",
  publication: "publication",
  event: "event",
  work: "dependent work",
  exposed: "imported name",
};
