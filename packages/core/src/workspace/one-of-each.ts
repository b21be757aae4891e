/**
 * The texts that can be meant where names of modules are not kept apart, as
 * between the protocols of a studio: copies keep the name of what they were
 * copied from. Of equal names the first counts, and none is `own`, the name of
 * the text that imports. Texts without a module stay: they may import.
 */
export const oneOfEachModule = <T extends { readonly module: string | undefined }>(
  candidates: Iterable<T>,
  own: string | undefined,
): readonly T[] => {
  const taken = new Set([own]);
  return [...candidates].filter(({ module }) => {
    if (module === undefined) return true;
    if (taken.has(module)) return false;
    taken.add(module);
    return true;
  });
};
