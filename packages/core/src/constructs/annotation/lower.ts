import type { EdgeAnnotation } from "../../kernel/node.ts";
import type { SenderRecord } from "./node.ts";

/** The annotations of a send in source order, duplicates kept. */
export const lowerAnnotations = (record: SenderRecord | undefined): readonly EdgeAnnotation[] =>
  (record?.entries ?? []).map((entry) => ({ key: entry.key.text, value: entry.value }));
