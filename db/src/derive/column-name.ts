/** The schema's rule for names: a property `forkSeq` is the column `fork_seq`. */
export const columnOf = (property: string): string =>
  property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** The other way round. */
export const propertyOf = (column: string): string =>
  column.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A name as SQL takes it, keyword or not. */
export const quoted = (name: string): string => `"${name}"`;
