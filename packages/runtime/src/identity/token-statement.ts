/** A term of a Datalog statement. */
export type Term = string | number | readonly string[];

/** One Datalog statement with `{name}` holes, filled by terms and never by text of others. */
export interface Statement {
  readonly template: string;
  readonly terms: { readonly [hole: string]: Term };
}

const print = (term: Term): string => {
  if (typeof term === "string") return `"${term}"`;
  if (typeof term === "number") return String(term);
  return `[${term.map((one) => `"${one}"`).join(", ")}]`;
};

/**
 * The source text of a statement, as Biscuit prints it: strings are not
 * escaped, so it is for reading, not for parsing.
 */
export const statementText = ({ template, terms }: Statement): string =>
  template.replaceAll(/\{(\w+)\}/g, (hole, name: string) => {
    const term = terms[name];
    return term === undefined ? hole : print(term);
  });

/** The source text of a block: one statement a line. */
export const blockText = (statements: readonly Statement[]): string =>
  statements.map((one) => `${statementText(one)};\n`).join("");
