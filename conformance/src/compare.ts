/** The folders of golden cases, each with rules of its own. */
export type Area = "language" | "projection" | "machine";

/** One place where our answer is not the reference's. `undefined` means absent. */
export interface Mismatch {
  readonly area: Area;
  readonly name: string;
  /** Dotted path from the root of the golden: `locals.Buyer.Send.partner`. */
  readonly key: string;
  readonly expected: unknown;
  readonly actual: unknown;
}

type Rule = "equal" | "skip" | "presence" | "phrase" | "variant";
type Fields = Readonly<Record<string, unknown>>;
type Path = readonly string[];

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** What the parser of the reference expected is its own business: of a grammar error only kind and line count. */
const languageRule = (path: Path, golden: Fields): Rule => {
  const [top, second] = path;
  const last = path.at(-1);
  if (top === "parse" && second === "reference_span") return "skip";
  if (top === "parse" && second === "message") {
    return isFields(golden.parse) && golden.parse.kind === "Pest" ? "skip" : "phrase";
  }
  if (top === "analysis" && second === "deadlock_free") return "skip";
  if (top === "declarations" && last === "body_source") return "skip";
  if (top === "compile" && second === "message") return "phrase";
  if (top === "dsl_locals" && last === "message" && path.at(-2) === "error") return "phrase";
  return top === "runs" ? machineRule(path.slice(2)) : "equal";
};

const projectionRule = (path: Path): Rule => {
  const [top, second] = path;
  if (top === "decode_error") return "presence";
  const identity = path.at(-2) === "content_id" || path.at(-2) === "template_id";
  if (identity && path.at(-1) === "error") return "presence";
  return path.at(-1) === "message" && second !== undefined ? "skip" : "equal";
};

const COMPARED_OF_ERROR: ReadonlySet<string> = new Set(["kind", "coro", "code", "fault"]);

/** Inside an error of the machine only its kind, coroutine, code and the variant of its fault count. */
const insideError = (path: Path): Rule | undefined => {
  const at = path[0] === "load_error" ? 1 : path[0] === "status" && path[1] === "error" ? 2 : undefined;
  const field = at === undefined ? undefined : path[at];
  if (field === undefined) return undefined;
  if (!COMPARED_OF_ERROR.has(field)) return "skip";
  return field === "fault" ? "variant" : "equal";
};

const machineRule = (path: Path): Rule => {
  const [top] = path;
  const last = path.at(-1);
  if (top === "config_error" || top === "decode_error") return "presence";
  if (top === "host" && last === "error") return "presence";
  if (last === "reason" && path.at(-2) === "Faulted") return "presence";
  return insideError(path) ?? (last === "message" ? "skip" : "equal");
};

const rule = (area: Area, path: Path, golden: Fields): Rule => {
  switch (area) {
    case "language":
      return languageRule(path, golden);
    case "projection":
      return projectionRule(path);
    case "machine":
      return machineRule(path);
  }
};

const words = (text: string): number => text.split(/\s+/).filter((word) => /\p{L}/u.test(word)).length;

/**
 * The key phrases of a message of the reference: its words without the names
 * and numbers, cut where a clause ends. Long phrases are preferred, and a
 * clause without any name is one whatever its length.
 */
export const keyPhrases = (message: string): readonly string[] => {
  const clauses = message.split(/: |; |\. /).filter((clause) => clause.trim() !== "");
  const cut = clauses.map((clause) => clause.split(/'[^']*'|`[^`]*`|\d+/).map((part) => part.trim()));
  const whole = cut.filter((parts) => parts.length === 1).flat();
  const long = cut.flat().filter((part) => words(part) >= 3);
  const chosen = [...new Set([...whole.filter((part) => words(part) >= 2), ...long])];
  const any = cut.flat().filter((part) => words(part) > 0);
  return (chosen.length > 0 ? chosen : any).map((part) => part.toLowerCase());
};

/** Whether our message holds a key phrase of the reference's; letter case does not count. */
export const messageMatches = (expected: unknown, actual: unknown): boolean => {
  if (typeof expected !== "string" || typeof actual !== "string") return expected === actual;
  const ours = actual.toLowerCase();
  const phrases = keyPhrases(expected);
  return phrases.length === 0 || phrases.some((phrase) => ours.includes(phrase));
};

/** `"OutOfCredits"` and `{"OutOfCredits": …}` are the same variant. */
const variant = (value: unknown): unknown => (isFields(value) ? Object.keys(value)[0] : value);

const differs = (how: Rule, expected: unknown, actual: unknown): boolean => {
  switch (how) {
    case "skip":
      return false;
    case "presence":
      return (expected === undefined) !== (actual === undefined);
    case "phrase":
      return !messageMatches(expected, actual);
    case "variant":
      return variant(expected) !== variant(actual);
    case "equal":
      return expected !== actual;
  }
};

const entriesOf = (value: unknown): Fields | undefined => {
  if (Array.isArray(value)) return Object.fromEntries(value.map((item, i) => [String(i), item]));
  return isFields(value) ? value : undefined;
};

/** Where one side reads a text that the other refuses, no key is common to both. */
const readable = (answer: Fields): boolean => isFields(answer.parse) && answer.parse.ok === true;

/**
 * Compares our answer to one case with its golden, by the rules of the
 * corpus's README: deep equality, object keys in any order, arrays in order,
 * texts of errors by a key phrase or not at all. `skips` are the keys of
 * `deviating.json` for this case; a dotted one (`parse.line`) skips that place
 * only. An empty answer means the case passes.
 *
 * @example compareCase("language", "send", { parse }, golden, ["parse.line"])
 */
export const compareCase = (
  area: Area,
  name: string,
  ours: Fields,
  golden: Fields,
  skips: readonly string[] = [],
): Mismatch[] => {
  const skipped = new Set(skips);
  if (skipped.has("parse") && readable(ours) !== readable(golden)) skipped.add("declarations");
  const found: Mismatch[] = [];
  const compare = (expected: unknown, actual: unknown, path: Path): void => {
    const key = path.join(".");
    if (skipped.has(key)) return;
    const how = path.length === 0 ? "equal" : rule(area, path, golden);
    const left = entriesOf(expected);
    const right = entriesOf(actual);
    const descend =
      how === "equal" &&
      left !== undefined &&
      right !== undefined &&
      Array.isArray(expected) === Array.isArray(actual);
    if (!descend) {
      if (differs(how, expected, actual)) found.push({ area, name, key, expected, actual });
      return;
    }
    for (const field of new Set([...Object.keys(left), ...Object.keys(right)])) {
      compare(left[field], right[field], [...path, field]);
    }
  };
  compare(golden, ours, []);
  return found;
};

/**
 * A type with its recursion variables renamed by place, so that two types
 * equal up to those names become equal JSON. Reads the forms of `global`,
 * `locals` and `dsl_locals`.
 */
export const renamedBinders = (type: unknown): unknown => {
  let count = 0;
  const rename = (value: unknown, names: ReadonlyMap<string, string>): unknown => {
    if (Array.isArray(value)) return value.map((item) => rename(item, names));
    if (!isFields(value)) return value;
    if (typeof value.Var === "string") return { Var: names.get(value.Var) ?? value.Var };
    const binder = isFields(value.Mu) ? value.Mu.var : isFields(value.Rec) ? value.Rec.label : undefined;
    if (typeof binder !== "string") {
      return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, rename(inner, names)]));
    }
    const own = `#${count}`;
    count += 1;
    const inner = new Map(names).set(binder, own);
    if (isFields(value.Mu)) return { Mu: { var: own, body: rename(value.Mu.body, inner) } };
    return { Rec: { label: own, body: isFields(value.Rec) ? rename(value.Rec.body, inner) : undefined } };
  };
  return rename(type, new Map());
};
