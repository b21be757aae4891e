import { languages } from "monaco-editor/editor";

export const TELL = "tell";

const keywords = [
  "module",
  "exposing",
  "protocol",
  "roles",
  "requires",
  "where",
  "proof_bundle",
  "version",
  "issuer",
  "constraint",
  "choice",
  "at",
  "when",
  "check",
  "yields",
  "loop",
  "decide",
  "by",
  "repeat",
  "while",
  "forever",
  "par",
  "rec",
  "continue",
  "call",
  "of",
];

/** Colours only; what is right or wrong comes from the analysis. */
export const registerTell = (): void => {
  languages.register({ id: TELL, extensions: [".tell"], aliases: ["Tell"] });
  languages.setLanguageConfiguration(TELL, {
    comments: { lineComment: "--", blockComment: ["{-", "-}"] },
    brackets: [
      ["{", "}"],
      ["(", ")"],
      ["[", "]"],
    ],
    autoClosingPairs: [
      { open: '"', close: '"', notIn: ["string", "comment"] },
      { open: "(", close: ")" },
      { open: "[", close: "]" },
    ],
    onEnterRules: [
      {
        beforeText: /(=|=>|\bat|\bpar|\bforever|\brec \w+|\brepeat \w+)\s*$/,
        action: { indentAction: languages.IndentAction.Indent },
      },
    ],
  });
  languages.setMonarchTokensProvider(TELL, {
    keywords,
    tokenizer: {
      root: [
        [/\{-/, "comment", "@comment"],
        [/--.*$/, "comment"],
        [/"[^"\n]*"?/, "string"],
        [/\d+(ms|s|m|h)?\b/, "number"],
        [/->\*?|=>|=|\|/, "operator"],
        [/(:)(\s*)([A-Za-z]\w*)(?=\s*(?:of\b|\(|\{|$|--))/, ["delimiter", "", "message"]],
        [/[A-Za-z]\w*(?=\s*:)/, "attribute"],
        [/[A-Za-z]\w*/, { cases: { "@keywords": "keyword", "@default": "identifier" } }],
        [/[{}()[\],:.]/, "delimiter"],
      ],
      comment: [
        [/-\}/, "comment", "@pop"],
        [/[^-]+|-/, "comment"],
      ],
    },
  } as languages.IMonarchLanguage);
};
