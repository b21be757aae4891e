/** The shapes the host answers in, from `@parley/wire/http`. */
import type { DraftRevision } from "@parley/wire/http";

/** The stored draft, as a stale write is answered with: the revision and its text. */
export type DraftJson = DraftRevision & { readonly source: string };
