import {
  completeScenario,
  hoverScenario,
  type ScenarioCompletion,
  type ScenarioNames,
} from "@parley/runtime/simulation";
import { type editor, languages, Range } from "monaco-editor/editor";

export const SCENARIO = "parley-scenario";

type Model = editor.ITextModel;

const offered = new WeakMap<Model, ScenarioNames>();
const NOTHING: ScenarioNames = { roles: [], messages: [], labels: [] };

/** What the protocol of a scenario offers to it, for the suggestions in its text. */
export const offerNames = (model: Model, names: ScenarioNames): void => {
  offered.set(model, names);
};

const { CompletionItemKind, CompletionItemInsertTextRule } = languages;

const kinds: { readonly [kind in ScenarioCompletion["kind"]]: languages.CompletionItemKind } = {
  key: CompletionItemKind.Property,
  table: CompletionItemKind.Module,
  word: CompletionItemKind.EnumMember,
  name: CompletionItemKind.Reference,
};

const rangeIn = (model: Model, span: { readonly start: number; readonly end: number }): Range =>
  Range.fromPositions(model.getPositionAt(span.start), model.getPositionAt(span.end));

let registered = false;

/** TOML with what a scenario may say; once for the page. */
export const registerScenario = (): void => {
  if (registered) return;
  registered = true;
  languages.register({ id: SCENARIO, extensions: [".toml"], aliases: ["Scenario"] });
  languages.setLanguageConfiguration(SCENARIO, {
    comments: { lineComment: "#" },
    brackets: [
      ["{", "}"],
      ["[", "]"],
    ],
    autoClosingPairs: [
      { open: '"', close: '"', notIn: ["string", "comment"] },
      { open: "{", close: "}", notIn: ["string", "comment"] },
    ],
  });
  languages.setMonarchTokensProvider(SCENARIO, {
    tokenizer: {
      root: [
        [/#.*$/, "comment"],
        [/^\s*\[+[^\]\n]*\]+/, "keyword"],
        [/"""/, "string", "@long"],
        [/"(?:[^"\\\n]|\\.)*"?/, "string"],
        [/'[^'\n]*'?/, "string"],
        [/[A-Za-z_][\w.-]*(?=\s*=)/, "type"],
        [/\b(true|false)\b/, "keyword"],
        [/[+-]?\d[\d_.eE+-]*/, "number"],
        [/[{}[\],=]/, "delimiter"],
      ],
      long: [
        [/"""/, "string", "@pop"],
        [/[^"]+|"/, "string"],
      ],
    },
  } as languages.IMonarchLanguage);
  languages.registerCompletionItemProvider(SCENARIO, {
    triggerCharacters: ['"', "[", "{", "=", " "],
    provideCompletionItems: (model, position) => {
      const offset = model.getOffsetAt(position);
      const found = completeScenario(model.getValue(), offset, offered.get(model) ?? NOTHING);
      return {
        suggestions: found.map((item, i) => ({
          label: item.label,
          kind: kinds[item.kind],
          insertText: item.insert,
          insertTextRules: CompletionItemInsertTextRule.InsertAsSnippet,
          detail: item.detail,
          documentation: { value: item.documentation },
          range: rangeIn(model, item.span),
          sortText: String(i).padStart(4, "0"),
          filterText: item.label,
        })),
      };
    },
  });
  languages.registerHoverProvider(SCENARIO, {
    provideHover: (model, position) => {
      const found = hoverScenario(model.getValue(), model.getOffsetAt(position));
      return found && { range: rangeIn(model, found.span), contents: [{ value: found.markdown }] };
    },
  });
};
