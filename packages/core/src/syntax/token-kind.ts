const kinds = {
  eof: 0,
  ident: 1,
  int: 2,
  string: 3,
  arrow: 4,
  arrowStar: 5,
  fatArrow: 6,
  eq: 7,
  colon: 8,
  comma: 9,
  dot: 10,
  dotDot: 11,
  bar: 12,
  star: 13,
  lparen: 14,
  rparen: 15,
  lbrace: 16,
  rbrace: 17,
  lbracket: 18,
  rbracket: 19,
  lt: 20,
  gt: 21,
  /** Any run of characters that starts no other token. */
  other: 22,
  /** Indentation opens a block here (no characters of its own). */
  open: 23,
  /** Indentation closes a block here (no characters of its own). */
  close: 24,
} as const;

/**
 * Kinds of tokens: small numbers, because the front end keeps them in typed
 * arrays. Typed as plain numbers, for a cursor's kind changes between two tests.
 */
export const T: Readonly<Record<keyof typeof kinds, number>> = kinds;

const spelling: Partial<Record<number, string>> = {
  [T.eof]: "the end of the text",
  [T.open]: "a deeper line",
  [T.close]: "the end of the block",
  [T.arrow]: "`->`",
  [T.arrowStar]: "`->*`",
  [T.fatArrow]: "`=>`",
};

/** How a token is named in a message. */
export const describeToken = (kind: number, text: string): string =>
  spelling[kind] ?? `\`${text.length > 24 ? `${text.slice(0, 24)}…` : text}\``;
