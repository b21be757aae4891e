import { type Analysis, versionId } from "@parley/core";
import { type Hash, hashValue } from "@parley/wire";

/**
 * The id of a version: of its meaning when the text lowers to a kernel, else
 * of the text alone, so that unfinished work can be saved too.
 */
export const versionOf = (analysis: Analysis): Hash =>
  analysis.kernel === undefined
    ? hashValue("parley.unfinished-version/1", analysis.source)
    : versionId(analysis.kernel);
