import type { LegacyCursor } from "./legacy-cursor.ts";
import type { LegacyEntry } from "./legacy-tree.ts";

const typePath = /^[A-Za-z]\w*(?:(?:::|\.)[A-Za-z]\w*)*(?:<[\w\s:.,<>]+>)?$/;

/** A path of the host language as the language writes it: `chat::Request` is `chat.Request`. */
const dotted = (path: string): string => path.replace(/^(?:crate|self|super)::/, "").replaceAll("::", ".");

/** `SendRequest(RequestData)`: one type in parentheses is the type of the payload. */
export function readMessage(c: LegacyCursor): string {
  const name = c.word("a message");
  if (c.is("<")) return `${name} of ${dotted(c.bracketed())}`;
  if (c.is("{")) return `${name} { ${c.bracketed()} }`;
  if (!c.is("(")) return name;
  const payload = c.bracketed();
  if (payload === "") return name;
  return typePath.test(payload) ? `${name} of ${dotted(payload)}` : `${name}(${payload})`;
}

/** `Client`, `Worker[0]`, `Worker[*]`; a bracket that holds `key =` is no index. */
export function readRole(c: LegacyCursor): string {
  const name = c.word("a role");
  if (!c.is("[") || holdsEntries(c)) return name;
  return `${name}[${c.bracketed().replaceAll(/\s/g, "")}]`;
}

const holdsEntries = (c: LegacyCursor): boolean =>
  c.peek(1)?.kind === "word" && ["=", ":", ","].includes(c.peek(2)?.text ?? "");

/** `[guard_capability = "chat:send", flow_cost = 50]` after the sender; nothing where there is none. */
export function readRecord(c: LegacyCursor): readonly LegacyEntry[] {
  const closer = c.is("[") ? "]" : c.is("{") ? "}" : undefined;
  if (closer === undefined) return [];
  c.next();
  const entries: LegacyEntry[] = [];
  while (!c.eat(closer)) {
    const key = c.word("an annotation such as `flow_cost = 50`");
    if (c.eat("=") || c.eat(":")) entries.push({ key, value: readValue(c) });
    else entries.push({ key, value: "true" });
    if (!c.is(closer)) c.expect(",");
  }
  return entries;
}

function readValue(c: LegacyCursor): string {
  const { token } = c;
  switch (token.kind) {
    case "string": {
      c.next();
      return `"${token.text.replace(/^r?#*"|"#*$/g, "").replaceAll('\\"', "'")}"`;
    }
    case "number":
      c.next();
      return token.text.replaceAll("_", "");
    case "word":
      c.next();
      return c.is("::") ? `"${token.text}${restOfPath(c)}"` : token.text;
    case "mark":
      if (token.text === "(") return `(${c.bracketed()})`;
      if (token.text === "[") return valueOfList(c.bracketed());
      break;
    default:
      break;
  }
  return c.stop("a value");
}

const restOfPath = (c: LegacyCursor): string => {
  let path = "";
  while (c.eat("::")) path += `::${c.word("a name")}`;
  return path;
};

/** Lists of numbers stay lists; lists of names are written in parentheses. */
const valueOfList = (inner: string): string => (/^[\d\s,]*$/.test(inner) ? `[${inner}]` : `(${inner})`);
