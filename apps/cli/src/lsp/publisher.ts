import { applySeverities } from "@parley/core";
import { diagnostics, isFresh } from "@parley/core/service";
import { toDiagnostic } from "./convert.ts";
import type { Server } from "./server.ts";

/** Sends the findings of every open text once the editor pauses; an answer that is stale by then is dropped. */
export class Publisher {
  private readonly server: Server;
  private waiting: NodeJS.Immediate | undefined;
  /** What was sent last, by text, so that nothing is sent twice. */
  private readonly sent = new Map<string, unknown>();

  constructor(server: Server) {
    this.server = server;
  }

  /** After what has arrived by now is handled, so that a burst of edits is judged once. */
  schedule(): void {
    this.waiting ??= setImmediate(() => {
      this.waiting = undefined;
      this.publish();
    });
  }

  /** After the settings have changed: what was sent may be wrong. */
  again(): void {
    this.sent.clear();
    this.schedule();
  }

  clear(uri: string): void {
    this.sent.delete(uri);
    void this.server.connection.sendDiagnostics({ uri, diagnostics: [] });
  }

  private publish(): void {
    const { texts, connection, docs, client, settings } = this.server;
    for (const uri of texts.opened) {
      const text = texts.document(uri);
      const found = diagnostics(texts.workspace, texts.key(uri));
      if (text === undefined || !isFresh(texts.workspace, found)) continue;
      const before = this.sent.get(uri);
      if (before === found.diagnostics) continue;
      this.sent.set(uri, found.diagnostics);
      const list = applySeverities(found.diagnostics, settings.of(uri)).map((one) =>
        toDiagnostic(text, one, uri, docs, client),
      );
      void connection.sendDiagnostics({ uri, version: found.version, diagnostics: list });
    }
  }
}
