import { suggest } from "../../resolve/suggest.ts";
import { foreignWord } from "../../syntax/foreign-words.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Span } from "../../text/span.ts";
import type { SenderRecord } from "../annotation/node.ts";
import { parseRecord } from "../annotation/parse.ts";
import type { Broadcast } from "../broadcast/node.ts";
import { parseBroadcastTail } from "../broadcast/parse.ts";
import type { Message } from "../message/node.ts";
import { parseMessage } from "../message/parse.ts";
import type { RoleRef } from "../roles/node.ts";
import { parseRoleRef } from "../roles/parse.ts";
import type { Send } from "./node.ts";

/** Words that may start a statement, for suggestions. */
const starters = [
  "choice",
  "loop",
  "rec",
  "continue",
  "par",
  "call",
  "let",
  "case",
  "timeout",
  "begin",
  "await",
  "resolve",
  "invalidate",
  "publish",
  "materialize",
  "handoff",
  "authoritative",
  "observe",
  "dependent",
];

/** `A { … } -> B : M`, or the broadcast `A { … } ->* : M`; they differ only from the arrow on. */
export function parseSend(p: Parser): Send | Broadcast | undefined {
  if (p.kind !== T.ident) return failStatement(p);
  const word = p.text();
  const wordSpan = p.span;
  const from = parseRoleRef(p);
  if (from === undefined) return undefined;
  const record = p.kind === T.lbrace ? parseRecord(p) : undefined;
  if (p.kind === T.arrowStar) return parseBroadcastTail(p, from, record);
  if (p.kind !== T.arrow) {
    const bare = record === undefined && from.index === undefined;
    if (bare && p.kind !== T.fatArrow && p.kind !== T.other) {
      return p.kind === T.eq ? failAssignment(p, word, wordSpan) : failWord(p, word, wordSpan);
    }
    p.report("expectedArrow", p.span, {
      args: { found: p.found },
      fix:
        p.kind === T.fatArrow
          ? { title: "Replace `=>` by `->`", edits: [{ span: p.span, text: "->" }] }
          : undefined,
    });
    if (p.kind !== T.fatArrow) return undefined;
  }
  p.next();
  const to = parseRoleRef(p, "the receiving role");
  if (to === undefined) return undefined;
  if (p.kind === T.lbrace) skipReceiverRecord(p, from);
  const message = parseColonMessage(p);
  return message === undefined ? undefined : sendNode(from, record, to, message);
}

function sendNode(from: RoleRef, record: SenderRecord | undefined, to: RoleRef, message: Message): Send {
  const span = { start: from.span.start, end: message.span.end };
  return record === undefined
    ? { kind: "send", from, to, message, span }
    : { kind: "send", from, record, to, message, span };
}

function skipReceiverRecord(p: Parser, from: RoleRef): void {
  p.report("annotationPlace", p.span, { args: { role: from.name.text } });
  p.skipBrackets();
}

/** `: Message`, the tail of sends and broadcasts; a missing colon is mended when a name follows. */
export function parseColonMessage(p: Parser): Message | undefined {
  if (!p.eat(T.colon)) {
    const at = p.lastEnd;
    const mendable = p.kind === T.ident && !p.startsLine;
    p.fail("`:` and a message", {
      fix: mendable
        ? { title: "Insert `:`", edits: [{ span: { start: at, end: at }, text: " :" }] }
        : undefined,
    });
    if (!mendable) return undefined;
  }
  if (p.startsLine && p.kind === T.ident && p.peek() !== T.ident) {
    const next = p.peek();
    if (next === T.arrow || next === T.arrowStar || next === T.lbracket) {
      // The message was left out; the next line is a statement of its own.
      return p.fail("a message name");
    }
  }
  return parseMessage(p);
}

/** A line that starts with a word which starts no statement. */
function failWord(p: Parser, word: string, span: Span): undefined {
  const foreign = foreignWord(word);
  const best = foreign === undefined ? suggest(word, starters) : undefined;
  p.report("expectedStatement", span, {
    args: { found: `\`${word}\`` },
    hint:
      best === undefined ? (foreign ?? "a send is written `A -> B : Message`") : `did you mean \`${best}\`?`,
    fix: best === undefined ? undefined : { title: `Replace by \`${best}\``, edits: [{ span, text: best }] },
  });
  return undefined;
}

/** `x = a`: a binding without its word. */
function failAssignment(p: Parser, word: string, span: Span): undefined {
  p.report("expectedStatement", span, {
    args: { found: `\`${word}\`` },
    hint: `a name is bound with \`let ${word} = …\``,
    fix: {
      title: "Insert `let`",
      edits: [{ span: { start: span.start, end: span.start }, text: "let " }],
    },
  });
  return undefined;
}

function failStatement(p: Parser): undefined {
  if (p.kind === T.other) return p.fail("a statement");
  p.report("expectedStatement", p.span, { args: { found: p.found } });
  return undefined;
}
