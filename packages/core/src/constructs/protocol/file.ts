import { suggest } from "../../resolve/suggest.ts";
import type { Parser } from "../../syntax/parser.ts";
import { T } from "../../syntax/token-kind.ts";
import type { Declaration } from "../declaration.ts";
import { declarationReader, declarationWords } from "../declarations.ts";
import type { Import } from "../import/node.ts";
import { parseImport } from "../import/parse.ts";
import type { ModuleDecl } from "../module/node.ts";
import { parseModule } from "../module/parse.ts";
import type { ProtocolDecl, SourceFile } from "./node.ts";
import { parseProtocol } from "./parse.ts";

/** A whole file: the module line, imports, declarations, and one protocol at the end. */
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

const fileWords: readonly string[] = ["module", "import", ...declarationWords];

class FileReader {
  private readonly p: Parser;
  private module: ModuleDecl | undefined;
  private protocol: ProtocolDecl | undefined;
  private readonly imports: Import[] = [];
  private readonly declarations: Declaration[] = [];
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
    else if (word === "import") this.readImport();
    else this.readDeclaration(word);
  }

  private readImport(): void {
    if (this.declarations.length > 0) this.p.report("importLate", this.p.span);
    const read = parseImport(this.p);
    if (read !== undefined) this.imports.push(read);
  }

  private readDeclaration(word: string): void {
    const read = declarationReader(this.p);
    if (read === undefined) {
      this.unknown(word);
      return;
    }
    const declaration = read(this.p);
    if (declaration !== undefined) this.declarations.push(declaration);
    else while (this.p.kind === T.bar) this.p.skipConstruct();
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
    if (fileWords.includes(word)) p.report("declarationAfter", p.span);
    else if (!this.failed) {
      p.fail("the end of the file or `where`");
      this.failed = true;
    }
    p.skipConstruct();
  }

  private unknown(word: string): void {
    const { p } = this;
    if (!this.failed) {
      const best = suggest(word, ["protocol", ...fileWords]);
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
      imports: this.imports,
      declarations: this.declarations,
      ...(this.protocol === undefined ? {} : { protocol: this.protocol }),
      span: { start: 0, end: p.source.length },
    };
  }
}
