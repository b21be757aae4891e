/** 1-based line and column of an offset; columns count characters. */
export const place = (source: string, offset: number): { readonly line: number; readonly column: number } => {
  const before = source.slice(0, offset);
  const line = before.split("\n").length;
  return { line, column: [...before.slice(before.lastIndexOf("\n") + 1)].length + 1 };
};
