/** Ends an exhaustive switch: reaching it is a bug. */
export const assertNever = (value: never): never => {
  throw new Error(`unexpected ${JSON.stringify(value)}`);
};
