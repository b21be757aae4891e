import type { Writer } from "../../print/writer.ts";
import type { ExecutionProfile } from "./node.ts";
import { PROFILE_FIELDS } from "./parse.ts";

/** A profile on one line. */
export function printExecutionProfile(node: ExecutionProfile, w: Writer): void {
  const parts = PROFILE_FIELDS.flatMap(({ word, key }) => {
    const value = node[key];
    return value === undefined ? [] : [`${word} ${value.text}`];
  });
  w.line([`profile ${node.name.text}`, ...parts].join(" "));
}
