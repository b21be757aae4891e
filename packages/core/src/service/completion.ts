// biome-ignore-all lint/suspicious/noTemplateCurlyInString: places of snippets are written `${1:name}`.
import { enclosing } from "./blocks.ts";
import { bracketOffers } from "./completion-brackets.ts";
import { type CompletionItem, itemsOf, type Offer } from "./completion-item.ts";
import { lineOffers } from "./completion-line.ts";
import { Names } from "./completion-names.ts";
import { type Place, placeAt } from "./completion-place.ts";
import type { ServiceDocument } from "./document.ts";
import { declarationSnippets, moduleSnippet, statementSnippets, whereSnippet } from "./snippets.ts";
import type { Workspace } from "./workspace.ts";

/**
 * What could be written at an offset, best first. It goes by the words before
 * the cursor, so it also answers while the text is broken there; names come
 * from what could be read of the whole file and of what it imports. Empty
 * inside comments and where only the author knows the name.
 *
 * @example completion(workspace, uri, source.indexOf("-> ") + 3) // the roles
 */
export const completion = (workspace: Workspace, uri: string, offset: number): readonly CompletionItem[] => {
  const document = workspace.documents.get(uri);
  if (document === undefined) return [];
  const at = Math.min(Math.max(offset, 0), document.source.length);
  const place = placeAt(document, at);
  if (place.comment) return [];
  return itemsOf(offersAt(workspace, document, place), place.replace);
};

const offersAt = (workspace: Workspace, document: ServiceDocument, place: Place): readonly Offer[] => {
  const names = new Names(workspace, document);
  if (place.string) return stringOffers(names, place);
  const inBrackets = bracketOffers(names, place);
  if (inBrackets !== undefined) return inBrackets;
  const last = place.words.at(-1);
  const starts = last === undefined || last.text === "=>" || (last.text === "|" && isParArm(document, place));
  if (starts) return startOffers(names, place);
  return lineOffers(names, place);
};

const stringOffers = (names: Names, { words, replace }: Place): readonly Offer[] => {
  const key = words.at(-2)?.text;
  return key === "guard_capability" || key === "required_capability" ? names.capabilities(replace.start) : [];
};

const isParArm = ({ parsed }: ServiceDocument, { replace }: Place): boolean => {
  const around = bodiesOf(parsed.file).flatMap((body) => enclosing(body, replace.start));
  const arms = around.filter(({ kind }) => kind === "choice" || kind === "case" || kind === "par");
  return arms.at(-1)?.kind === "par";
};

/** The statement lists of a file: of the protocol, its local protocols and operations. */
const bodiesOf = ({ protocol, declarations }: ServiceDocument["parsed"]["file"]) => [
  protocol?.body ?? [],
  ...(protocol?.locals.map(({ body }) => body) ?? []),
  ...declarations.flatMap((one) => (one.kind === "operation" ? [one.body] : [])),
];

/** What can start a line, or an arm. */
const startOffers = (names: Names, { indent, words, replace }: Place): readonly Offer[] => {
  const { file } = names.document.parsed;
  const { protocol } = file;
  const top = indent === 0 && words.length === 0;
  if (top && protocol !== undefined && replace.start > protocol.span.start) return [whereSnippet];
  if (top) {
    const first = file.module === undefined && replace.start <= firstItem(file);
    return [...(first ? [moduleSnippet] : []), ...declarationSnippets];
  }
  if (protocol !== undefined && protocol.roles.length === 0) {
    const roles: Offer = {
      label: "roles",
      kind: "snippet",
      rank: 0,
      insert: "roles ${1:A}, ${2:B}",
      snippet: true,
    };
    return [roles, ...statementSnippets];
  }
  return [...names.roles(1), ...handlerOffers(names, replace.start), ...statementSnippets];
};

const firstItem = ({ imports, declarations, protocol }: ServiceDocument["parsed"]["file"]): number =>
  Math.min(...[...imports, ...declarations, ...(protocol ? [protocol] : [])].map(({ span }) => span.start));

const handlerOffers = (names: Names, offset: number): readonly Offer[] => {
  const { protocol } = names.document.parsed.file;
  const before = names.document.source.slice(0, offset);
  if (protocol === undefined || !/\btimeout\b/.test(before)) return [];
  return ["on timeout =>", "on cancel =>"].map((label) => ({
    label,
    kind: "snippet",
    rank: 4,
    insert: `${label}\n  \${0}`,
    snippet: true,
  }));
};
