export { answer } from "./answer.ts";
export { type CaseFile, caseFiles, type Expectation } from "./case-files.ts";
export { type Area, compareCase, type Mismatch, renamedBinders } from "./compare.ts";
export { type FolderResult, runFolder } from "./run-folder.ts";
