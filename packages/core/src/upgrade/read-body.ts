import type { LegacyCursor } from "./legacy-cursor.ts";
import type { LegacyArm, LegacyItem } from "./legacy-tree.ts";
import { readMessage, readRecord, readRole } from "./read-message.ts";

/** Statements up to the brace that closes the block, which is left to be read. */
export function readBody(c: LegacyCursor, depth = 0): readonly LegacyItem[] {
  if (depth > 100) c.stop("fewer blocks inside each other");
  const items: LegacyItem[] = [];
  for (;;) {
    items.push(...c.takeComments());
    if (c.eat(";")) continue;
    if (c.token.kind === "end" || c.is("}") || c.is("where") || c.is("protocol")) return items;
    items.push(readItem(c, depth));
    c.eat(";");
  }
}

function readItem(c: LegacyCursor, depth: number): LegacyItem {
  const word = c.token.text;
  const arrow = c.peek(1)?.text;
  if (arrow !== "->" && arrow !== "->*" && arrow !== "[") {
    switch (word) {
      case "choice":
        return readChoice(c, depth);
      case "loop":
        return readLoop(c, depth);
      case "rec":
        return readRec(c, depth);
      case "par":
      case "parallel":
        return readPar(c, depth);
      case "continue":
      case "call":
        c.next();
        return { kind: "line", text: `${word} ${c.word("a name")}` };
      default:
        break;
    }
  }
  return readSend(c);
}

function readSend(c: LegacyCursor): LegacyItem {
  const from = readRole(c);
  const record = readRecord(c);
  const all = c.eat("->*");
  if (!all) c.expect("->");
  const broadcast = all || c.eat("*");
  const to = broadcast ? "" : readRole(c);
  c.expect(":");
  return { kind: "send", from, record, arrow: broadcast ? "->*" : "->", to, message: readMessage(c) };
}

const block = (c: LegacyCursor, depth: number): readonly LegacyItem[] => {
  c.expect("{");
  const body = readBody(c, depth + 1);
  c.expect("}");
  return body;
};

/** `choice at A { label: { … } }`, `choice A { label { … } }`, `choice A at { label => { … } }`. */
function readChoice(c: LegacyCursor, depth: number): LegacyItem {
  c.next();
  c.eat("at");
  const decider = readRole(c);
  c.eat("at");
  c.expect("{");
  const arms: LegacyArm[] = [];
  let before = c.takeComments();
  while (!c.eat("}")) {
    const arm = readArm(c, depth);
    arms.push({ ...arm, body: [...before, ...arm.body] });
    while (c.eat(",") || c.eat(";") || c.eat("or")) {
      // Arms may be separated by any of these.
    }
    before = c.takeComments();
  }
  if (arms.length === 0) c.stop("an arm of the choice");
  return { kind: "choice", decider, arms };
}

function readArm(c: LegacyCursor, depth: number): LegacyArm {
  c.eat("|");
  const label = c.word("the label of an arm");
  const guard = c.eat("when") ? ` when (${c.is("(") ? c.bracketed() : c.stop("`(`")})` : "";
  if (!c.eat(":")) c.eat("=>");
  return { label, guard, body: c.is("{") ? block(c, depth) : [readItem(c, depth)] };
}

function readRec(c: LegacyCursor, depth: number): LegacyItem {
  c.next();
  const label = c.word("the label of `rec`");
  return { kind: "block", head: `rec ${label}`, body: block(c, depth) };
}

function readPar(c: LegacyCursor, depth: number): LegacyItem {
  c.next();
  c.expect("{");
  const arms: (readonly LegacyItem[])[] = [];
  // `par { branch { … } branch { … } }`, or `par { … } and { … }`.
  if (c.is("branch") || c.is("{") || c.is("|")) {
    while (!c.eat("}")) {
      c.eat("|");
      c.eat("branch");
      arms.push(c.is("{") ? block(c, depth) : [readItem(c, depth)]);
      while (c.eat(",") || c.eat(";")) {
        // Arms may be separated by either.
      }
    }
    return { kind: "par", arms };
  }
  arms.push(readBody(c, depth + 1));
  c.expect("}");
  while (c.eat("and") || c.eat("with") || c.eat("|")) arms.push(block(c, depth));
  return { kind: "par", arms };
}

/** `loop (count: 3)`, `loop (decides: A)`, `loop (while: "more")`, `loop`, and `loop Lap` that `continue Lap` closes. */
function readLoop(c: LegacyCursor, depth: number): LegacyItem {
  c.next();
  const words: string[] = [];
  if (c.is("(")) words.push(...(c.bracketed().match(/"[^"]*"|[^\s:=]+/g) ?? []));
  else while (c.token.kind !== "end" && !c.is("{")) words.push(c.next().text);
  const at = c.token;
  const body = block(c, depth);
  const head = loopHead(words, body);
  if (head === undefined)
    return c.stop(`a loop the language knows, not \`loop ${words.join(" ")}\` at ${at.span.start}`);
  return { kind: "block", head, body };
}

function loopHead(words: readonly string[], body: readonly LegacyItem[]): string | undefined {
  const [first, ...rest] = words;
  const last = rest.at(-1);
  if (first === undefined || first === "forever") return "loop forever";
  if (last === undefined) {
    if (/^\d+$/.test(first)) return `loop repeat ${first}`;
    return continues(body, first) ? `rec ${first}` : "loop forever";
  }
  switch (first) {
    case "count":
    case "repeat":
    case "times":
      return `loop repeat ${last}`;
    case "decides":
    case "decide":
    case "by":
      return `loop decide by ${last}`;
    case "while":
    case "custom":
      return `loop while ${last.startsWith('"') ? last : `"${rest.join(" ")}"`}`;
    default:
      return undefined;
  }
}

const continues = (body: readonly LegacyItem[], label: string): boolean =>
  body.some((item) => {
    switch (item.kind) {
      case "line":
        return item.text === `continue ${label}`;
      case "block":
        return continues(item.body, label);
      case "choice":
        return item.arms.some((arm) => continues(arm.body, label));
      case "par":
        return item.arms.some((arm) => continues(arm, label));
      default:
        return false;
    }
  });
