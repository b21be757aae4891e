import { editor } from "monaco-editor/editor";

type Colours = Readonly<
  Record<
    "bg" | "ink" | "ink3" | "ghost" | "keyword" | "string" | "message" | "number" | "type" | "sel" | "hair",
    string
  >
>;

const light: Colours = {
  bg: "#fffefb",
  ink: "#1d1f24",
  ink3: "#636873",
  ghost: "#6b707b",
  keyword: "#8a3ab0",
  string: "#5c6b12",
  message: "#1d1f24",
  number: "#a8480b",
  type: "#0b6472",
  sel: "#e6ecfb",
  hair: "#e2dfd8",
};
const dark: Colours = {
  bg: "#181b21",
  ink: "#e9e8e4",
  ink3: "#9298a5",
  ghost: "#8b919e",
  keyword: "#cf9bf0",
  string: "#bccb6a",
  message: "#e9e8e4",
  number: "#f0a36b",
  type: "#7fcfdc",
  sel: "#1f2944",
  hair: "#282c35",
};

const define = (name: string, base: "vs" | "vs-dark", colours: Colours): void => {
  const plain = (colour: string): string => colour.slice(1);
  editor.defineTheme(name, {
    base,
    inherit: true,
    rules: [
      { token: "", foreground: plain(colours.ink) },
      { token: "keyword", foreground: plain(colours.keyword) },
      { token: "comment", foreground: plain(colours.ink3), fontStyle: "italic" },
      { token: "string", foreground: plain(colours.string) },
      { token: "number", foreground: plain(colours.number) },
      { token: "message", foreground: plain(colours.message), fontStyle: "bold" },
      // Kinds of names, as the language service tells them apart.
      { token: "event", foreground: plain(colours.message), fontStyle: "bold" },
      { token: "enumMember", foreground: plain(colours.message), fontStyle: "bold" },
      { token: "class", foreground: plain(colours.ink) },
      { token: "variable", foreground: plain(colours.ink) },
      { token: "parameter", foreground: plain(colours.number) },
      { token: "label", foreground: plain(colours.keyword) },
      { token: "type", foreground: plain(colours.type) },
      { token: "interface", foreground: plain(colours.type) },
      { token: "method", foreground: plain(colours.type) },
      { token: "function", foreground: plain(colours.ink), fontStyle: "bold" },
      { token: "namespace", foreground: plain(colours.ink) },
      { token: "property", foreground: plain(colours.ink3) },
      { token: "attribute", foreground: plain(colours.ink3) },
      { token: "operator", foreground: plain(colours.ink3) },
      { token: "delimiter", foreground: plain(colours.ink3) },
    ],
    colors: {
      "editor.background": colours.bg,
      "editor.foreground": colours.ink,
      "editorLineNumber.foreground": colours.ghost,
      "editorLineNumber.activeForeground": colours.ink,
      "editor.lineHighlightBackground": "#00000000",
      "editor.lineHighlightBorder": "#00000000",
      "editor.selectionBackground": colours.sel,
      "editorIndentGuide.background1": colours.hair,
    },
  });
};

export const defineThemes = (): void => {
  define("parley-light", "vs", light);
  define("parley-dark", "vs-dark", dark);
};
