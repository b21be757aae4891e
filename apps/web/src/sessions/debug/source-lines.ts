/** A statement of a text: its edge id and where it stands. */
export interface Statement {
  readonly edge: string;
  readonly start: number;
  readonly end: number;
}

/** Number of the line an offset is in, from 1. */
export const lineAt = (text: string, offset: number): number => {
  let line = 1;
  for (let i = text.indexOf("\n"); i >= 0 && i < offset; i = text.indexOf("\n", i + 1)) line += 1;
  return line;
};

/** The first statement that begins in each line. */
export const statementsByLine = (
  text: string,
  statements: readonly Statement[],
): ReadonlyMap<number, Statement> => {
  const lines = new Map<number, Statement>();
  for (const statement of statements) {
    const line = lineAt(text, statement.start);
    if (!lines.has(line)) lines.set(line, statement);
  }
  return lines;
};
