const TOKEN =
  /\s+|[\p{L}_][\p{L}\p{N}_]*|\d[\w.]*|'(?:\\.|[^'\\])'|"[^"]*"|&&|\|\||==|!=|<=|>=|::|\.\.|[\s\S]/gu;
const COMPARISONS: ReadonlySet<string> = new Set(["==", "!=", "<", "<=", ">", ">="]);
const OPEN = /^[([]$/;
const CLOSE = /^[)\]]$/;

const tokens = (text: string): readonly string[] =>
  (text.match(TOKEN) ?? []).filter((token) => token.trim() !== "");

/** Tokens with a blank between each two, but none just inside brackets. */
const spaced = (parts: readonly string[]): string =>
  parts.reduce((text, token, i) => {
    const before = parts[i - 1];
    const glued = before === undefined || OPEN.test(before) || CLOSE.test(token);
    return glued ? text + token : `${text} ${token}`;
  }, "");

/** Where the bracket at `from` closes. */
const closing = (parts: readonly string[], from: number): number => {
  let depth = 0;
  for (let at = from; at < parts.length; at += 1) {
    const token = parts[at] ?? "";
    if (OPEN.test(token)) depth += 1;
    else if (CLOSE.test(token)) depth -= 1;
    if (depth === 0) return at;
  }
  return parts.length;
};

/** The last operator of `wanted` outside brackets: operators group to the left. `<` of a path `a::<b>` is none. */
const lastOperator = (parts: readonly string[], wanted: (token: string) => boolean): number => {
  let found = -1;
  let generics = 0;
  for (let at = 0; at < parts.length; at += 1) {
    const token = parts[at] ?? "";
    if (OPEN.test(token)) at = closing(parts, at);
    else if (token === "<" && parts[at - 1] === "::") generics += 1;
    else if (token === ">" && generics > 0) generics -= 1;
    else if (wanted(token)) found = at;
  }
  return found;
};

const LEVELS: readonly ((token: string) => boolean)[] = [
  (token) => token === "||",
  (token) => token === "&&",
  (token) => COMPARISONS.has(token),
];

const normal = (parts: readonly string[]): string => {
  for (const level of LEVELS) {
    const at = lastOperator(parts, level);
    if (at > 0) return `(${normal(parts.slice(0, at))}) ${parts[at]} (${normal(parts.slice(at + 1))})`;
  }
  if (parts[0] === "!") return `! (${normal(parts.slice(1))})`;
  const grouped = parts[0] === "(" && closing(parts, 0) === parts.length - 1;
  return grouped ? normal(parts.slice(1, -1)) : spaced(parts);
};

/**
 * A loop condition as the reference prints its tokens: both operands of every
 * operator in parentheses, blanks between tokens. The text has already been
 * checked to be a predicate.
 *
 * @example conditionText("energy > 1 && ready(x)") // "((energy) > (1)) && (ready (x))"
 */
export const conditionText = (text: string): string => normal(tokens(text));
