import { writeFileSync } from "node:fs";
import { UsageError } from "../report/exit.ts";

/** Writes a file named on the command line; one that cannot be written is wrong usage. */
export const writeText = (file: string, text: string): void => {
  try {
    writeFileSync(file, text);
  } catch (cause) {
    throw new UsageError(`cannot write ${file}: ${(cause as Error).message}`);
  }
};
