import type { ParseResult } from "../parse.ts";

/** A text that may be imported, and its syntax. */
interface Candidate {
  readonly parsed: ParseResult;
}

/**
 * The texts that can be meant where names of modules are not kept apart, as
 * between the protocols of a studio: copies keep the name of what they were
 * copied from. Of equal names the first counts, and none has that of the text
 * itself. Texts without a module stay: they may import.
 */
export const oneOfEachModule = <T extends Candidate>(
  candidates: Iterable<T>,
  own: ParseResult | undefined,
): readonly T[] => {
  const taken = new Set([own?.file.module?.name.text]);
  return [...candidates].filter(({ parsed }) => {
    const module = parsed.file.module?.name.text;
    if (module === undefined) return true;
    if (taken.has(module)) return false;
    taken.add(module);
    return true;
  });
};
