// biome-ignore-all lint/suspicious/noTemplateCurlyInString: places of snippets are written `${1:name}`.
import { T } from "../syntax/token-kind.ts";
import { enclosing } from "./blocks.ts";
import { typeOffers } from "./completion-brackets.ts";
import type { Offer } from "./completion-item.ts";
import type { Names } from "./completion-names.ts";
import type { Place, Word } from "./completion-place.ts";
import { values, words } from "./snippets.ts";

type Rule = (names: Names, place: Place, line: readonly Word[]) => readonly Offer[];

const roles: Rule = (names) => names.roles(1);
const types: Rule = (names, place) => typeOffers(names, place);
const nothing: Rule = () => [];
const bindings: Rule = (names, place) => names.mentioned(1, place.replace.start, "binding");
const operations: Rule = (names, place) => [
  ...names.defined(1, "operation"),
  ...names.mentioned(2, place.replace.start, "operation"),
];
const effects: Rule = (names) => {
  const uses = new Set(names.document.parsed.file.protocol?.uses.map(({ text }) => text));
  return names
    .defined(1, "effect")
    .map((offer) => ({ ...offer, rank: uses.has(offer.label) ? 1 : 5, insert: `${offer.label}.` }));
};
const expression: Rule = (names, place, line) => [
  ...bindings(names, place, line).map((offer) => ({ ...offer, rank: 4 })),
  ...words(1, "check", "observe", "transfer"),
  ...values(2, "Ok", "Err", "Just", "Nothing"),
  ...names.defined(5, "constructor"),
];

/** What follows one word, whatever the statement. */
const afterWord: Readonly<Record<string, Rule>> = {
  choice: roles,
  by: roles,
  from: (names, place, line) =>
    line.some(({ text }) => text === "materialize")
      ? names.mentioned(1, place.replace.start, "publication")
      : names.roles(1),
  to: roles,
  continue: (names, place) => labelsAround(names, place),
  call: (names) => {
    const own = names.document.parsed.file.protocol?.name.text;
    return names.defined(1, "localProtocol", "protocol").filter(({ label }) => label !== own);
  },
  loop: () => words(1, "decide by", "repeat", "while", "forever"),
  decide: () => words(1, "by"),
  repeat: (names, place) => [...names.mentioned(2, place.replace.start, "parameter"), ...values(1, "2", "3")],
  timeout: (_, __, line) => (line[0]?.text === "on" ? words(1, "=>") : values(1, "500ms", "5s", "1m", "1h")),
  cancel: () => words(1, "=>"),
  on: () => words(1, "timeout", "cancel", "stall"),
  begin: operations,
  await: operations,
  resolve: operations,
  invalidate: operations,
  handoff: operations,
  for: operations,
  required: () => words(1, "for"),
  dependent: () => words(1, "work"),
  with: bindings,
  case: expression,
  check: effects,
  observe: (names, place, line) => (line.length === 1 ? words(1, "let") : effects(names, place, line)),
  authoritative: () => words(1, "let"),
  publish: (names, place) => [
    ...names.mentioned(1, place.replace.start, "event"),
    ...names.mentioned(2, place.replace.start, "binding"),
  ],
  transfer: bindings,
  of: (names, place, line) => (line.some(({ text }) => text === "case") ? [] : types(names, place, line)),
  requires: (names) => names.defined(1, "bundle"),
  uses: (names) => names.defined(1, "effect"),
  under: (names) => names.defined(1, "executionProfile"),
  import: (names) => names.modules(),
  within: (names) => names.defined(1, "fragment"),
  agreement: (names) => names.defined(1, "agreementProfile"),
  progress: (names, place) => names.mentioned(1, place.replace.start, "contract"),
  compose: () => values(1, "all", "first", "threshold(1)"),
  entry: (names) => names.defined(1, "protocol"),
  when: () => [...values(1, "(")].concat(words(1, "check")),
  exposing: () => values(1, "("),
  rec: nothing,
  let: nothing,
  module: nothing,
  protocol: nothing,
  roles: nothing,
  guest: () => words(1, "runtime"),
  type: () => words(1, "alias"),
  fairness: () => values(1, "strong", "weak"),
  in: nothing,
};

/** What follows the second word of a statement, by its first. */
const afterSecond: Readonly<Record<string, Rule>> = {
  choice: () => words(1, "at"),
  resolve: () => words(1, "as"),
  handoff: () => words(1, "to"),
  materialize: () => words(1, "from"),
  publish: () => words(1, "as"),
  let: () => [...values(1, "="), ...words(2, "at")],
  protocol: () => [...words(1, "requires", "uses", "under"), ...values(2, "=")],
  import: () => words(1, "as", "exposing"),
  module: () => words(1, "exposing"),
  profile: () => words(1, "fairness", "admissibility", "escalation_window"),
  agreement_profile: () => words(1, "visibility", "rule", "usable_at", "finalized_at", "evidence"),
  proof_bundle: () => words(1, "version", "issuer", "constraint", "requires"),
  operation: () => words(1, "at"),
  begin: () => words(1, "progress"),
};

const memberHeads = new Set(["role_set", "cluster", "ring", "mesh"]);

/** What can follow the words of a statement, outside brackets. */
export const lineOffers = (names: Names, place: Place): readonly Offer[] => {
  const line = place.words;
  const last = line.at(-1);
  const first = line[0];
  if (last === undefined || first === undefined) return [];
  if (last.kind === T.arrow) return arrowOffers(names, line, place);
  if (last.kind === T.colon) return colonOffers(names, line, place);
  if (last.kind === T.dot) return dotOffers(names, line);
  if (last.text === "|") return armOffers(names, place);
  if (last.kind === T.eq) return equalsOffers(names, place, line);
  if (last.kind === T.comma) return commaOffers(names, place, line);
  if (last.kind !== T.ident && last.kind !== T.int) return afterOther(names, line);
  if (last.text === "at") return names.roles(1);
  if (last.text === "as")
    return first.text === "resolve" ? values(1, "Success", "Failure", "Timeout", "Cancelled") : [];
  const rule = Object.hasOwn(afterWord, last.text) ? afterWord[last.text] : undefined;
  if (rule !== undefined && (line.length > 1 || first.text === last.text)) return rule(names, place, line);
  return afterName(names, place, line);
};

const afterName: Rule = (names, place, line) => {
  const first = line[0]?.text ?? "";
  const at = line[1]?.text === "let" ? 2 : 1;
  if (first === "timeout") return timeoutOffers(names, line);
  if (line.length - at === 1) {
    const rule = line[at - 1] ? afterSecond[at === 2 ? "let" : first] : undefined;
    if (rule !== undefined) return rule(names, place, line);
  }
  if (line[0]?.text === "|") return [...values(1, "=>"), ...words(2, "when")];
  if (line.some(({ text }) => text === "->" || text === "->*")) {
    const named = line.some(({ kind }) => kind === T.colon);
    return named ? words(1, "of") : values(1, ":");
  }
  if (first === "protocol") return [...words(1, "requires", "uses", "under"), ...values(2, "=")];
  if (first === "operation") return words(1, "within", "progress", "agreement", "compose");
  if (first === "handoff") return words(1, "to", "with");
  if (line.some(({ text }) => text === "transfer")) return words(1, "from", "to");
  if (first === "case") return words(1, "of");
  if (first === "dependent") return words(1, "required for");
  return line.length === 1 ? values(1, "->", "->*", "{") : [];
};

const timeoutOffers = (names: Names, line: readonly Word[]): readonly Offer[] => {
  const last = line.at(-1);
  const unit = last !== undefined && /^(ms|s|m|h)$/.test(last.text) && line.length <= 3;
  return last?.kind === T.int || unit ? names.roles(1) : words(1, "at");
};

const arrowOffers = (names: Names, line: readonly Word[], place: Place): readonly Offer[] => {
  // In an effect declaration the arrow leads to a type.
  const colon = line.findIndex(({ kind }) => kind === T.colon);
  const brace = line.findIndex(({ text }) => text === "{");
  if (colon >= 0 && (brace < 0 || colon < brace)) return typeOffers(names, place);
  const bar = line[0]?.text === "|" ? 1 : 0;
  const fat = line.findIndex(({ kind }) => kind === T.fatArrow);
  return names.roles(1, line[fat >= 0 ? fat + 1 : bar]?.text);
};

const colonOffers = (names: Names, line: readonly Word[], place: Place): readonly Offer[] => {
  const send = line.some(({ kind }) => kind === T.arrow || kind === T.arrowStar);
  if (!send) return typeOffers(names, place);
  const arm = choiceAround(names, place);
  const used = names.mentioned(3, place.replace.start, "message");
  return arm === undefined
    ? used
    : [{ label: arm, kind: "message", rank: 1, detail: "the arm's label" }, ...used];
};

/** The label of the arm whose first message stands at the cursor. */
const choiceAround = (names: Names, { replace }: Place): string | undefined => {
  const before = names.document.source.slice(0, replace.start);
  const line = before.slice(before.lastIndexOf("\n") + 1);
  const above = /\|\s*([A-Za-z]\w*)[^\n|]*=>\s*(?:--[^\n]*)?\n?[^\n]*$/.exec(before.slice(-400));
  return above !== null && !line.includes("=>=>") ? above[1] : undefined;
};

const dotOffers = (names: Names, line: readonly Word[]): readonly Offer[] => {
  const effect = line.at(-2)?.text ?? "";
  const asked = line.at(-3)?.text;
  const operations = names.effectOperations(
    effect,
    asked === "check" || asked === "observe" ? asked : undefined,
  );
  if (operations.length > 0) return operations;
  const found = names.document.parsed.file.imports.find(
    ({ module, alias }) => module.text === effect || alias?.text === effect,
  );
  return found === undefined ? [] : names.exportsOf(found.module.text);
};

const armOffers = (names: Names, place: Place): readonly Offer[] => {
  const { protocol } = names.document.parsed.file;
  const around = protocol === undefined ? [] : enclosing(protocol.body, place.replace.start);
  const inCase = around.at(-1)?.kind === "case";
  const arm: Offer = {
    label: "arm",
    kind: "snippet",
    rank: 1,
    insert: "${1:Label} =>\n  ${0}",
    snippet: true,
  };
  const cases = ["Ok(${1:value})", "Err(${1:reason})", "Just(${1:value})", "Nothing"].map(
    (insert): Offer => ({
      label: insert.replace(/\(.*/, ""),
      kind: "constructor",
      rank: 1,
      insert: `${insert} =>\n  \${0}`,
      snippet: true,
    }),
  );
  return inCase ? [...cases, ...names.defined(2, "constructor")] : [arm, ...names.defined(5, "constructor")];
};

const equalsOffers: Rule = (names, place, line) => {
  const first = line[0]?.text ?? "";
  if (memberHeads.has(first)) return memberOffers(names, line);
  if (first === "type") return line[1]?.text === "alias" ? typeOffers(names, place) : values(1, "|");
  return line.some(({ text }) => text === "let") ? expression(names, place, line) : [];
};

const memberOffers = (names: Names, line: readonly Word[]): readonly Offer[] => [
  ...names.roles(1).map(({ insert: _, snippet: __, ...offer }) => offer),
  ...names.defined(3, "roleSet").filter(({ label }) => label !== line[1]?.text),
  ...(line[0]?.text === "role_set" && line.length === 3 ? words(4, "subset") : []),
];

const commaOffers: Rule = (names, place, line) => {
  const first = line[0]?.text ?? "";
  if (memberHeads.has(first)) return memberOffers(names, line);
  const clause = line.findLast(({ text }) => text === "requires" || text === "uses" || text === "under");
  const rule = clause === undefined ? undefined : afterWord[clause.text];
  return rule === undefined ? [] : rule(names, place, line);
};

const afterOther = (names: Names, line: readonly Word[]): readonly Offer[] => {
  const last = line.at(-1);
  if (last?.text === "}" && line.every(({ kind }) => kind !== T.arrow)) return values(1, "->", "->*");
  if (last?.text === "]" && line.length <= 6) return names.roles(9).length > 0 ? values(1, "->", "->*") : [];
  return [];
};

/** Labels of the `rec`s around the cursor, innermost first. */
const labelsAround = (names: Names, { replace }: Place): readonly Offer[] => {
  const { protocol } = names.document.parsed.file;
  const bodies = protocol === undefined ? [] : [protocol.body, ...protocol.locals.map(({ body }) => body)];
  const around = bodies.flatMap((body) => enclosing(body, replace.start - 1));
  const open = around.flatMap((node) => (node.kind === "rec" ? [node.label.text] : [])).reverse();
  const inScope = values(1, ...open).map(
    (offer): Offer => ({ ...offer, kind: "label", detail: "encloses this line" }),
  );
  return inScope.length > 0 ? inScope : names.defined(5, "label");
};
