import { type SchemaKey, schemaKeyAt, schemaKeysIn, schemaTypeText } from "./scenario-schema.ts";
import { type TomlContext, TomlPlaces, type TomlSpan } from "./toml-places.ts";

/** What a protocol offers to a scenario. */
export interface ScenarioNames {
  readonly roles: readonly string[];
  readonly messages: readonly string[];
  /** What can be decided for: labels and arms. */
  readonly labels: readonly string[];
}

/** Something that can be written at a place. */
export interface ScenarioCompletion {
  readonly label: string;
  readonly kind: "key" | "table" | "word" | "name";
  /** A snippet: `$0` is where writing goes on. */
  readonly insert: string;
  readonly detail: string;
  readonly documentation: string;
  readonly span: TomlSpan;
}

export interface ScenarioHover {
  readonly span: TomlSpan;
  readonly markdown: string;
}

const INVARIANTS = [
  "no_faults",
  "buffer_bound(0,1)",
  "send_recv_liveness(0,100)",
  "type_monotonicity(0)",
] as const;

const predicatesFor = ({ roles, messages }: ScenarioNames): readonly string[] => [
  "stuck",
  "faults > 0",
  ...messages.map((name) => `received(${name}) > 0`),
  ...roles.map((name) => `${name}.done`),
];

/** The names a text may hold. */
const namesFor = ({ refers }: SchemaKey, names: ScenarioNames): readonly string[] => {
  if (refers === undefined) return [];
  return {
    role: names.roles,
    message: names.messages,
    label: names.labels,
    invariant: INVARIANTS,
    predicate: predicatesFor(names),
  }[refers];
};

const starts: { readonly [type in SchemaKey["type"]]: string } = {
  text: '"$0"',
  count: "$0",
  duration: '"$0"',
  chance: "0.$0",
  flag: "true",
  word: '"$0"',
  value: "$0",
  texts: '["$0"]',
  table: "{ $0 }",
  tables: "[$0]",
  numbers: "{ $0 }",
  any: "$0",
};

const keyItem = (key: SchemaKey, span: TomlSpan): ScenarioCompletion => ({
  label: key.key,
  kind: "key",
  insert: `${key.key} = ${starts[key.type]}`,
  detail: schemaTypeText(key),
  documentation: key.doc,
  span,
});

/** Tables that are written under a header of their own. */
const isHeader = ({ type, refers }: SchemaKey): boolean =>
  type === "table" || type === "numbers" || (type === "tables" && refers === undefined);

const headerItem = (key: SchemaKey, above: string, span: TomlSpan): ScenarioCompletion => {
  const path = above === "" ? key.key : `${above}.${key.key}`;
  const label = key.type === "tables" ? `[[${path}]]` : `[${path}]`;
  return {
    label,
    kind: "table",
    insert: `${label}\n$0`,
    detail: schemaTypeText(key),
    documentation: key.doc,
    span,
  };
};

/** Every header there may be: tables of the scenario, and lists within them. */
const headers = (span: TomlSpan): readonly ScenarioCompletion[] =>
  schemaKeysIn("")
    .filter((key) => isHeader(key) && key.unsupported === undefined)
    .flatMap((key) => [
      headerItem(key, "", span),
      ...(key.type === "table" ? (key.keys ?? []) : [])
        .filter((inner) => inner.type === "tables" && inner.refers === undefined)
        .map((inner) => headerItem(inner, key.key, span)),
    ]);

/** Keys a place still lacks, and on a line of its own any header. */
const keyItems = (text: string, places: TomlPlaces, { path, span }: TomlContext): ScenarioCompletion[] => {
  const line = text.slice(text.lastIndexOf("\n", span.start - 1) + 1, span.start);
  const ownLine = line.trim() === "";
  const typed = text.slice(span.start, span.end);
  const written = new Set(places.all.map((one) => one.path));
  const free = schemaKeysIn(path).filter(
    ({ key, unsupported }) =>
      unsupported === undefined && (key === typed || !written.has(path === "" ? key : `${path}.${key}`)),
  );
  const keys = path === "" ? free.filter((key) => !isHeader(key)) : free;
  return [
    ...(typed.startsWith("[") ? [] : keys.map((key) => keyItem(key, span))),
    ...(ownLine ? headers(span) : []),
  ];
};

const valueItems = (key: SchemaKey, names: ScenarioNames, context: TomlContext): ScenarioCompletion[] => {
  const { span, quoted } = context;
  const inList = key.type === "texts" || key.type === "tables";
  const quote = (word: string): string => {
    if (quoted) return word;
    const text = `"${word}"`;
    return inList && !/\]$/.test(context.path) ? `[${text}]` : text;
  };
  const words = key.type === "flag" ? ["true", "false"] : (key.words ?? []);
  return [
    ...words.map((label) => ({
      label,
      kind: "word" as const,
      insert: key.type === "flag" ? label : quote(label),
      detail: key.key,
      documentation: key.doc,
      span,
    })),
    ...namesFor(key, names).map((label) => ({
      label,
      kind: "name" as const,
      insert: quote(label),
      detail: key.refers ?? "",
      documentation: key.doc,
      span,
    })),
  ];
};

/**
 * What can be written at an offset of a scenario: keys of the table around it,
 * headers, words a key takes, names of the protocol.
 *
 * @example completeScenario("[network]\nlo", 12, names)[0].label // "base_latency_ms"
 */
export const completeScenario = (
  text: string,
  offset: number,
  names: ScenarioNames,
): readonly ScenarioCompletion[] => {
  const places = new TomlPlaces(text);
  const context = places.context(offset);
  if (context.at === "key") return keyItems(text, places, context);
  const key = schemaKeyAt(context.path);
  return key === undefined ? [] : valueItems(key, names, context);
};

/** What the key at an offset means, and what it takes. */
export const hoverScenario = (text: string, offset: number): ScenarioHover | undefined => {
  const places = new TomlPlaces(text).all.filter(
    ({ key }) => key.start <= offset && offset <= key.end && key.start < key.end,
  );
  const place = places.sort((a, b) => b.key.start - a.key.start)[0];
  const key = place && schemaKeyAt(place.path);
  if (place === undefined || key === undefined) return undefined;
  const lines = [`**${key.key}**: ${schemaTypeText(key)}`, key.doc];
  if (key.unsupported) lines.push("A simulation does not carry this out.");
  return { span: place.key, markdown: lines.join("\n\n") };
};
