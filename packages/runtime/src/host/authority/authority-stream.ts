import type { AuthorityInput, StoredEntry } from "@parley/wire";
import type { HostCore } from "../core.ts";
import { type AuthorityState, emptyAuthority, foldAuthority } from "../streams/authority-state.ts";
import { foldRecorded } from "../streams/register-entry.ts";

const PAGE = 1_024;

/** The durable entries of an authority up to a seq, oldest first. */
export async function* authorityEntries(
  core: Pick<HostCore, "store">,
  authority: string,
  until: number,
): AsyncGenerator<StoredEntry> {
  for (let from = 0; from <= until; ) {
    const page = await core.store.read(authority, from, Math.min(PAGE, until - from + 1));
    if (page.length === 0) return;
    yield* page;
    from += page.length;
  }
}

/** The states of an authority after each of its entries: they share what they have in common. */
export class AuthorityHistory {
  private readonly states: AuthorityState[] = [];
  private readonly first: AuthorityState;

  private constructor(authority: string) {
    this.first = emptyAuthority(authority);
  }

  /** Folds the stream up to a seq. */
  static async read(
    core: Pick<HostCore, "store">,
    authority: string,
    until: number,
  ): Promise<AuthorityHistory> {
    const history = new AuthorityHistory(authority);
    for await (const stored of authorityEntries(core, authority, until))
      history.states.push(
        foldRecorded<AuthorityState, AuthorityInput>(
          history.states.at(-1) ?? history.first,
          foldAuthority,
          stored,
        ).state,
      );
    return history;
  }

  /** The state after an entry; before the first for -1. */
  at(seq: number): AuthorityState {
    return this.states[Math.min(seq, this.states.length - 1)] ?? this.first;
  }
}
