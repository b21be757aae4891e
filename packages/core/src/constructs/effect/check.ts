import type { Fix } from "../../diagnostics/diagnostic.ts";
import { suggest } from "../../resolve/suggest.ts";
import type { DeclarationChecker } from "../declaration-checker.ts";
import { EFFECT_METADATA, type EffectDecl, type EffectMetadataKey, type EffectOperation } from "./node.ts";

/** The values each key may have. */
export const EFFECT_VALUES: Readonly<Record<EffectMetadataKey, readonly string[]>> = {
  class: ["authoritative", "observational", "best_effort"],
  progress: ["immediate", "may_block"],
  region: ["session", "fragment", "global"],
  agreement_use: ["required", "none", "forbidden"],
  reentrancy: ["allow", "reject_same_operation", "reject_same_fragment"],
};

type Entry = EffectOperation["metadata"][number];

const natureOf = { authoritative: "authoritative", observe: "observational", command: undefined } as const;

/** What an operation usually says, by the word it is declared with. */
const usual = (authority: EffectOperation["authority"], key: EffectMetadataKey): string => {
  switch (key) {
    case "class":
      return natureOf[authority] ?? "best_effort";
    case "progress":
      return authority === "authoritative" ? "may_block" : "immediate";
    case "region":
      return "session";
    case "agreement_use":
      return authority === "authoritative" ? "required" : "none";
    case "reentrancy":
      return authority === "authoritative" ? "reject_same_operation" : "allow";
  }
};

/** Operations once each, their metadata complete, known and consistent with their word (language chapter §4, §13). */
export function checkEffect(node: EffectDecl, c: DeclarationChecker): void {
  const seen = new Map<string, EffectOperation>();
  for (const operation of node.operations) {
    const name = operation.name.text;
    const full = `${node.name.text}.${name}`;
    checkOperation(operation, full, c);
    const first = seen.get(name);
    if (first === undefined) seen.set(name, operation);
    else {
      c.report("duplicateEffectOperation", operation.name.span, {
        args: { operation: full },
        related: [{ span: first.name.span, message: "declared here first" }],
      });
    }
  }
}

function checkOperation(node: EffectOperation, operation: string, c: DeclarationChecker): void {
  const said = new Map<EffectMetadataKey, Entry>();
  for (const entry of node.metadata) {
    if (said.has(entry.key)) c.report("givenTwice", entry.span, { args: { what: entry.key } });
    said.set(entry.key, entry);
  }
  let sound = true;
  for (const [key, entry] of said) {
    if (EFFECT_VALUES[key].includes(entry.value.text)) continue;
    reportValue(entry, operation, node.authority, c);
    sound = false;
  }
  const [first, ...others] = EFFECT_METADATA.filter((key) => !said.has(key));
  if (first !== undefined) {
    sound = false;
    const more = others.length === 0 ? "" : ` (and ${others.map((key) => `\`${key}\``).join(", ")})`;
    const args = { operation, key: first, more };
    if (c.wasRead(node.span))
      c.report("missingEffectMetadata", node.name.span, { args, fix: addKeys(node, said) });
  }
  if (sound) checkNature(node, operation, said, c);
}

/** One edit adds every key that lacks. */
function addKeys(node: EffectOperation, said: ReadonlyMap<EffectMetadataKey, Entry>): Fix {
  const entries = EFFECT_METADATA.filter((key) => !said.has(key)).map(
    (key) => `${key} : ${usual(node.authority, key)}`,
  );
  const last = node.metadata.at(-1);
  const end = last?.span.end ?? node.output.span.end;
  // Braces without an entry are replaced, from the type of the answer to the end of the operation.
  const span = { start: end, end: last === undefined ? node.span.end : end };
  const text = last === undefined ? ` { ${entries.join(", ")} }` : `, ${entries.join(", ")}`;
  return { title: `Add ${entries.map((entry) => `\`${entry}\``).join(", ")}`, edits: [{ span, text }] };
}

function reportValue(
  { key, value }: Entry,
  operation: string,
  authority: EffectOperation["authority"],
  c: DeclarationChecker,
): void {
  const allowed = EFFECT_VALUES[key];
  const best = suggest(value.text, allowed) ?? usual(authority, key);
  c.report("badEffectValue", value.span, {
    args: { operation, key, value: value.text, allowed: allowed.join(", ") },
    fix: { title: `Replace by \`${best}\``, edits: [{ span: value.span, text: best }] },
  });
}

function checkNature(
  { authority, name }: EffectOperation,
  operation: string,
  said: ReadonlyMap<EffectMetadataKey, Entry>,
  c: DeclarationChecker,
): void {
  const nature = natureOf[authority];
  const entryValue = (key: EffectMetadataKey) => said.get(key)?.value ?? name;
  const replace = (key: EffectMetadataKey, text: string): Fix => ({
    title: `Write \`${key} : ${text}\``,
    edits: [{ span: entryValue(key).span, text }],
  });
  if (nature !== undefined && entryValue("class").text !== nature) {
    const fix = replace("class", nature);
    c.report("effectClass", entryValue("class").span, { args: { operation, nature }, fix });
  }
  if (authority === "authoritative" && entryValue("progress").text === "immediate") {
    const fix = replace("progress", "may_block");
    c.report("authoritativeImmediate", entryValue("progress").span, { args: { operation }, fix });
  }
  if (authority === "observe" && entryValue("agreement_use").text === "required") {
    const fix = replace("agreement_use", "none");
    c.report("observeRequired", entryValue("agreement_use").span, { args: { operation }, fix });
  }
}
