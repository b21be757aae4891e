import { openOthers } from "./editor-models.ts";
import { registerEditing } from "./feature-edits.ts";
import { registerNaming } from "./feature-names.ts";
import { registerReading } from "./feature-reading.ts";

/** Gives every text of the language its editor features; the worker of the open text answers. */
export const registerLanguageFeatures = (): void => {
  registerReading();
  registerNaming();
  registerEditing();
  openOthers();
};
