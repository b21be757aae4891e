import { suggest } from "../../resolve/suggest.ts";
import { inBlock, openBlock, parseStatements } from "../../syntax/block.ts";
import { abandon, declaredName, leaveHead } from "../../syntax/members.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import { parseNameList } from "../fragment/parse.ts";
import { parseRoleRef } from "../roles/parse.ts";
import type { Statement } from "../statement.ts";
import { parseTypeExpr } from "../type/expression.ts";
import { parseCompose } from "./compose.ts";
import type { OperationDecl } from "./node.ts";
import { parseProgress } from "./progress.ts";

type Param = OperationDecl["params"][number];
type Clauses = Pick<OperationDecl, "within" | "progress" | "agreement" | "compose">;

const clauseWords = ["within", "progress", "agreement", "compose"] as const;

/** `operation Approve(by : Nat) at Captain … = body`; the cursor stands at the keyword. */
export function parseOperation(p: Parser): OperationDecl | undefined {
  const start = p.start;
  p.next();
  const name = declaredName(p, "the name of the operation");
  if (name === undefined) return abandon(p);
  const params = p.kind === T.lparen ? parseParams(p) : [];
  const head = new Head(p);
  head.joinLines();
  const owner = p.eatWord("at")
    ? parseRoleRef(p, "the role that owns the operation")
    : p.fail("`at` and the role that owns the operation");
  const clauses = head.clauses();
  const bodyStart = p.start;
  const body = parseOperationBody(p);
  const bodySpan = p.spanFrom(bodyStart);
  leaveHead(p, head.blocks);
  if (owner === undefined) return undefined;
  return { kind: "operation", name, params, owner, ...clauses, body, bodySpan, span: p.spanFrom(start) };
}

function parseParams(p: Parser): readonly Param[] {
  const params: Param[] = [];
  p.next();
  do {
    const name = declaredName(p, "the name of a parameter");
    if (name === undefined || !p.expect(T.colon, "`:` and the type of the parameter")) break;
    const type = parseTypeExpr(p);
    if (type === undefined) break;
    params.push({ name, type });
  } while (p.eat(T.comma));
  if (!p.eat(T.rparen)) {
    if (params.length > 0 && p.kind !== T.other) p.fail("`,` or `)`");
    while (p.kind !== T.rparen && p.kind !== T.eof && p.kind !== T.open && p.kind !== T.close) p.next();
    p.eat(T.rparen);
  }
  return params;
}

/** The clauses between the owner and `=`, in their order. A head over several lines is reported once and read on. */
class Head {
  private readonly p: Parser;
  blocks = 0;
  private reported = false;

  constructor(p: Parser) {
    this.p = p;
  }

  clauses(): Clauses {
    const { p } = this;
    const found: { -readonly [K in keyof Clauses]: Clauses[K] } = {};
    let reached = -1;
    for (;;) {
      this.joinLines();
      const clause = clauseWords.findIndex((word) => p.isWord(word));
      const word = clauseWords[clause];
      if (word === undefined) {
        if (this.atEnd()) return found;
        continue;
      }
      if (clause <= reached) {
        p.fail("`=`", { hint: "the order is within, progress, agreement, compose, each once" });
      }
      reached = Math.max(reached, clause);
      this.clause(word, found);
    }
  }

  private clause(
    word: (typeof clauseWords)[number],
    found: { -readonly [K in keyof Clauses]: Clauses[K] },
  ): void {
    const { p } = this;
    const read =
      word === "progress"
        ? parseProgress(p)
        : word === "compose"
          ? parseCompose(p)
          : word === "within"
            ? parseWithin(p)
            : parseAgreement(p);
    if (read !== undefined) Object.assign(found, { [word]: read });
  }

  /** Whether the head has ended. Words that belong nowhere are reported and passed. */
  private atEnd(): boolean {
    const { p } = this;
    if (p.eat(T.eq)) return true;
    const word = p.kind === T.ident ? p.text() : "";
    const best = suggest(word, clauseWords);
    p.fail("`=`", {
      hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
      fix:
        best === undefined
          ? undefined
          : { title: `Replace by \`${best}\``, edits: [{ span: p.span, text: best }] },
    });
    if (p.startsLine || p.kind === T.eof || p.kind === T.open || p.kind === T.close) return true;
    do {
      p.next();
      const ends = p.startsLine || p.kind === T.eof || p.kind === T.open || p.kind === T.close;
      if (ends) return true;
    } while (p.kind !== T.eq && !clauseWords.some((known) => p.isWord(known)));
    return p.eat(T.eq);
  }

  /** Passes into a deeper line, or onto the next one, that goes on with the head. */
  joinLines(): void {
    const { p } = this;
    const ahead = p.kind === T.open ? 1 : 0;
    const goesOn =
      p.peek(ahead) === T.eq || p.isWord("at", ahead) || clauseWords.some((word) => p.isWord(word, ahead));
    if (!goesOn || (ahead === 0 && !p.startsLine)) return;
    if (!this.reported) p.report("headOverLines", p.spanAt(ahead), { args: { what: "an operation" } });
    this.reported = true;
    if (ahead === 1) {
      p.next();
      this.blocks++;
    }
  }
}

function parseWithin(p: Parser): OperationDecl["within"] {
  const start = p.start;
  p.next();
  const fragment = declaredName(p, "the name of a fragment");
  if (fragment === undefined) return undefined;
  const args = p.kind === T.lparen && !p.startsLine ? parseNameList(p, "a name") : [];
  return { fragment, args, span: p.spanFrom(start) };
}

function parseAgreement(p: Parser): OperationDecl["agreement"] {
  const start = p.start;
  p.next();
  const profile = declaredName(p, "the name of an agreement profile");
  if (profile === undefined) return undefined;
  const prestate = p.eatWord("prestate") ? declaredName(p, "the name of a prestate") : undefined;
  return { profile, ...(prestate === undefined ? {} : { prestate }), span: p.spanFrom(start) };
}

function parseOperationBody(p: Parser): readonly Statement[] {
  const closer = openBlock(p, "operation blocks");
  if (closer !== undefined) return inBlock(p, closer, () => parseStatements(p), []);
  p.report("expectedBody", p.span, { args: { what: "an operation" } });
  return [];
}
