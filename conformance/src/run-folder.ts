import { caseFiles } from "./case-files.ts";
import { judge } from "./judge.ts";

export interface FolderResult {
  readonly passed: number;
  readonly failed: readonly { readonly name: string; readonly why: readonly string[] }[];
}

/**
 * Runs every case of a folder by the comparison rules of the corpus.
 *
 * @example runFolder("../shared/conformance/projection").passed // 97
 */
export const runFolder = (folder: string): FolderResult => {
  const failed: { name: string; why: readonly string[] }[] = [];
  let passed = 0;
  for (const file of caseFiles(folder)) {
    const why = verdict(() => judge(file));
    if (why.length === 0) passed += 1;
    else failed.push({ name: file.name, why });
  }
  return { passed, failed };
};

/** A bug in one case must not hide the others. */
const verdict = (body: () => readonly string[]): readonly string[] => {
  try {
    return body();
  } catch (cause) {
    return [`threw ${String(cause)}`];
  }
};
