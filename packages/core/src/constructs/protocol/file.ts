import { suggest } from "../../resolve/suggest.ts";
import { isDeclarationWord, laterDeclaration, skipDeclaration } from "../../syntax/later.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { ModuleDecl } from "../module/node.ts";
import { parseModule } from "../module/parse.ts";
import type { ProofBundle } from "../proof-bundle/node.ts";
import { parseProofBundle } from "../proof-bundle/parse.ts";
import type { ProtocolDecl, SourceFile } from "./node.ts";
import { parseProtocol } from "./parse.ts";

/** A whole file: the module line, declarations, and one protocol at the end. */
export function parseFile(p: Parser): SourceFile {
  p.closer = T.eof;
  const reader = new FileReader(p);
  while (p.kind !== T.eof) {
    const before = p.pos;
    reader.item();
    if (p.pos === before) p.next();
  }
  return reader.finish();
}

class FileReader {
  private readonly p: Parser;
  private module: ModuleDecl | undefined;
  private protocol: ProtocolDecl | undefined;
  private readonly bundles: ProofBundle[] = [];
  private items = 0;
  private failed = false;

  constructor(p: Parser) {
    this.p = p;
  }

  item(): void {
    const { p } = this;
    this.items++;
    const word = p.kind === T.ident ? p.text() : "";
    if (p.kind === T.open) {
      p.report("unexpectedIndent", p.span);
      p.next();
    } else if (p.kind === T.close) p.next();
    else if (word === "protocol") this.readProtocol();
    else if (this.protocol !== undefined) this.afterProtocol(word);
    else if (word === "module") this.readModule();
    else if (word === "proof_bundle") this.readBundle();
    else if (laterDeclaration(word) !== undefined) this.readLater(word);
    else this.unknown(word);
  }

  private readBundle(): void {
    const bundle = parseProofBundle(this.p);
    if (bundle !== undefined) this.bundles.push(bundle);
  }

  private readLater(word: string): void {
    this.p.report("notSupported", this.p.span, { args: { what: laterDeclaration(word) ?? word } });
    skipDeclaration(this.p);
  }

  private readProtocol(): void {
    const { p } = this;
    if (this.protocol === undefined) {
      this.protocol = parseProtocol(p);
      return;
    }
    p.report("secondProtocol", p.span, {
      related: [{ span: this.protocol.name.span, message: "the protocol of this file" }],
    });
    p.skipConstruct();
  }

  private readModule(): void {
    if (this.items > 1) this.p.report("moduleTwice", this.p.span);
    const module = parseModule(this.p);
    this.module ??= module;
  }

  private afterProtocol(word: string): void {
    const { p } = this;
    if (isDeclarationWord(word)) p.report("declarationAfter", p.span);
    else if (!this.failed) {
      p.fail("the end of the file or `where`");
      this.failed = true;
    }
    p.skipConstruct();
  }

  private unknown(word: string): void {
    const { p } = this;
    if (!this.failed) {
      const best = suggest(word, ["protocol", "module", "proof_bundle", "effect", "operation", "import"]);
      p.fail("a declaration or `protocol`", {
        hint: best === undefined ? undefined : `did you mean \`${best}\`?`,
        fix:
          best === undefined
            ? undefined
            : { title: `Replace by \`${best}\``, edits: [{ span: p.span, text: best }] },
      });
    }
    this.failed = true;
    p.skipConstruct();
  }

  finish(): SourceFile {
    const { p } = this;
    if (this.protocol === undefined && !this.failed) {
      // The end of the last line: a final newline opens no further one.
      const end = p.source.endsWith("\n") ? p.source.length - 1 : p.source.length;
      p.report("expectedProtocol", { start: end, end });
    }
    return {
      kind: "file",
      ...(this.module === undefined ? {} : { module: this.module }),
      imports: [],
      declarations: this.bundles,
      ...(this.protocol === undefined ? {} : { protocol: this.protocol }),
      span: { start: 0, end: p.source.length },
    };
  }
}
