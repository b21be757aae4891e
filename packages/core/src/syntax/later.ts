import { isOpening, type Parser } from "./parser.ts";

/** Words that once began a statement; the last group shares one name. */
const removedWords: Readonly<Record<string, string>> = {
  heartbeat: "heartbeat",
  handshake: "handshake",
  retry: "retry",
  quorum_collect: "quorum_collect",
  acquire: "protocol-machine core statement",
  release: "protocol-machine core statement",
  fork: "protocol-machine core statement",
  join: "protocol-machine core statement",
  abort: "protocol-machine core statement",
  delegate: "protocol-machine core statement",
  tag: "protocol-machine core statement",
};

const own = (table: Readonly<Record<string, string>>, word: string): string | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;

/** What a removed statement at the cursor was called, if one stands here. */
export function removedStatement(p: Parser, word: string): string | undefined {
  const name = own(removedWords, word);
  if (name !== undefined) return name;
  const core = removedWords.acquire;
  if (word === "check" && p.isWord("for", 2)) return core;
  return word === "transfer" && p.isWord("to", 2) ? core : undefined;
}

/** Passes over a statement that is not read: its lines, the blocks under them, and `on timeout`, `on cancel`. */
export function skipStatement(p: Parser): void {
  skipUnread(p);
  while (p.isWord("on") && (p.isWord("timeout", 1) || p.isWord("cancel", 1))) skipUnread(p);
}

function skipUnread(p: Parser): void {
  p.next();
  if (p.startsLine && !isOpening(p.kind)) {
    p.skipBlock();
    return;
  }
  p.skipLine();
  p.skipBlock();
}
