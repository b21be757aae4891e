// biome-ignore-all lint/suspicious/noTemplateCurlyInString: places of snippets are written `${1:name}`.
import { T } from "../syntax/token-kind.ts";
import type { Offer } from "./completion-item.ts";
import type { Names } from "./completion-names.ts";
import type { Place, Word } from "./completion-place.ts";
import { annotationHelp, metadataValues, observers, otherAnnotationKeys } from "./keyword-help.ts";
import { values } from "./snippets.ts";

/** What can stand inside the bracket that is open at the cursor; undefined when none is open. */
export const bracketOffers = (names: Names, place: Place): readonly Offer[] | undefined => {
  const { bracket, words } = place;
  const open = bracket === undefined ? undefined : words[bracket];
  if (bracket === undefined || open === undefined) return undefined;
  const inside = words.slice(bracket + 1);
  const before = words[bracket - 1];
  if (open.text === "{") return braceOffers(names, words.slice(0, bracket), inside);
  if (open.text === "[") return indexOffers(names, words.slice(0, bracket), inside, place);
  return parenOffers(names, words.slice(0, bracket), before, inside, place);
};

const keysIn = (inside: readonly Word[]): ReadonlySet<string> =>
  new Set(inside.filter((_, at) => inside[at + 1]?.kind === T.colon).map(({ text }) => text));

const braceOffers = (
  names: Names,
  head: readonly Word[],
  inside: readonly Word[],
): readonly Offer[] | undefined => {
  const effect = head.some(({ kind }) => kind === T.colon) && head.some(({ kind }) => kind === T.arrow);
  const last = inside.at(-1);
  if (last?.kind === T.colon) {
    const key = inside.at(-2)?.text ?? "";
    return effect ? values(1, ...(metadataValues[key] ?? [])) : annotationValues(names, key);
  }
  if (last !== undefined && last.kind !== T.comma) return [];
  return effect ? metadataKeys(keysIn(inside)) : annotationKeys(keysIn(inside));
};

const metadataKeys = (used: ReadonlySet<string>): readonly Offer[] =>
  Object.entries(metadataValues)
    .filter(([key]) => !used.has(key))
    .map(([key, allowed], at) => ({
      label: key,
      kind: "annotation",
      rank: 1 + at,
      insert: `${key} : \${1|${allowed.join(",")}|}`,
      snippet: true,
      detail: allowed.join(" | "),
    }));

const annotationKeys = (used: ReadonlySet<string>): readonly Offer[] => [
  ...Object.entries(annotationHelp)
    .filter(([key]) => !used.has(key) || key === "guard_capability")
    .map(([key, { text, value }], at): Offer => {
      const quoted = value.startsWith('"');
      const insert = quoted ? `${key} : "\${1}"` : `${key} : \${1:${value}}`;
      return { label: key, kind: "annotation", rank: 1 + at, insert, snippet: true, documentation: text };
    }),
  ...otherAnnotationKeys
    .filter((key) => !used.has(key))
    .map(
      (key): Offer => ({
        label: key,
        kind: "annotation",
        rank: 9,
        insert: `${key} : `,
        detail: "not canonical",
      }),
    ),
];

const annotationValues = (names: Names, key: string): readonly Offer[] => {
  if (key === "guard_capability" || key === "required_capability") {
    return names.capabilities(-1).map((offer) => ({ ...offer, insert: `"${offer.label}"` }));
  }
  if (key === "leak")
    return [...values(1, ...observers.map((one) => `(${one})`)), ...values(5, "(External, Neighbor)")];
  if (key === "flow_cost") return values(1, "1", "10", "100");
  return ["parallel", "ordered", "idempotent", "trace", "journal_merge", "timed_choice"].includes(key)
    ? values(1, "true", "false")
    : [];
};

const indexOffers = (
  names: Names,
  head: readonly Word[],
  inside: readonly Word[],
  place: Place,
): readonly Offer[] | undefined => {
  if (head.some(({ text }) => text === "proof_bundle")) {
    return names.mentioned(1, place.replace.start, "capability").filter(({ label }) => !label.includes(":"));
  }
  if (inside.length > 0 && inside.at(-1)?.kind !== T.dotDot) return [];
  const family = names.document.parsed.file.protocol?.roles.find(
    ({ name }) => name.text === head.at(-1)?.text,
  );
  const count = family?.param?.kind === "static" ? family.param.count : 0;
  const members = Array.from({ length: Math.min(count, 8) }, (_, at) => String(at));
  return [
    ...(inside.length === 0 ? values(1, "*") : []),
    ...values(2, ...members),
    ...names.mentioned(3, place.replace.start, "parameter"),
  ];
};

const parenOffers = (
  names: Names,
  head: readonly Word[],
  before: Word | undefined,
  inside: readonly Word[],
  place: Place,
): readonly Offer[] | undefined => {
  const first = head[0]?.text;
  if (before?.text === "exposing") {
    return first === "import"
      ? names.exportsOf(head[1]?.text ?? "")
      : names.defined(1, "protocol", "type", "effect");
  }
  if (before?.text === "when") return names.mentioned(1, place.replace.start, "binding");
  if (before?.text === "leak" || (before?.kind === T.colon && head.at(-2)?.text === "leak")) {
    return values(1, ...observers);
  }
  const last = inside.at(-1);
  if (first === "operation" || first === "type") {
    return last?.kind === T.colon || first === "type" ? typeOffers(names, place) : [];
  }
  const isMessage = head.some(({ kind }) => kind === T.arrow || kind === T.arrowStar);
  if (isMessage) return [...typeOffers(names, place), ...names.mentioned(4, place.replace.start, "binding")];
  return before?.kind === T.ident
    ? [...names.mentioned(1, place.replace.start, "binding"), ...names.defined(4, "constructor")]
    : undefined;
};

const builtins = ["Nat", "Bool", "String", "Unit"];

/** Types declared, imported, or used elsewhere in the file, and those every file knows. */
export const typeOffers = (names: Names, { replace }: Place): readonly Offer[] => [
  ...names.defined(1, "type"),
  ...names.mentioned(2, replace.start, "type"),
  ...names.mentioned(6, replace.start, "alias"),
  ...builtins.map((label): Offer => ({ label, kind: "type", rank: 4, detail: "built in" })),
];
