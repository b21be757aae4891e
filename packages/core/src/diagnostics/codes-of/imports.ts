import { type CodeEntry, error, info, warning } from "../code-entry.ts";

/** Modules and imports (36xx). */
export const importCodes = {
  importLate: error("PAR3601", "Import after a declaration", "imports come before every declaration"),
  importUnresolved: info(
    "PAR3602",
    "Import not resolved",
    "`import {module}` is not resolved: this text is looked at alone, without its workspace",
  ),
  exposedUndeclared: warning(
    "PAR3603",
    "Exposed name not declared",
    "the module exposes `{name}`, which this file does not declare",
  ),
  unknownModule: error("PAR3604", "Unknown module", "no file of the workspace is the module `{name}`{known}"),
  moduleNameTwice: error(
    "PAR3605",
    "Module name taken",
    "the module name `{module}` is also that of {others}",
  ),
  selfImport: error("PAR3606", "Import of itself", "the module `{module}` imports itself"),
  importCycle: error("PAR3607", "Circular import", "these modules import each other in a circle: {cycle}"),
  importTwice: warning("PAR3608", "Imported twice", "the module `{module}` is imported twice"),
  importNotDeclared: error(
    "PAR3609",
    "Imported name not declared",
    "the module `{module}` declares no `{name}`",
  ),
  importNotExposed: error(
    "PAR3610",
    "Imported name not exposed",
    "the module `{module}` declares `{name}` but does not expose it",
  ),
  importClash: error(
    "PAR3611",
    "Imported names clash",
    "the {what} `{name}` comes from both `{first}` and `{second}`",
  ),
  importShadowed: error(
    "PAR3612",
    "Imported name declared here",
    "the {what} `{name}` comes from `{module}` and is declared here too",
  ),
  unusedImport: info("PAR3613", "Unused import", "{what} is imported and not used"),
  importMissingRoles: error(
    "PAR3614",
    "Roles of a called protocol missing",
    "`{name}` of the module `{module}` speaks for {roles}, which {protocol} does not declare",
  ),
  importRoleShape: error(
    "PAR3615",
    "Roles of a called protocol differ",
    "{role} is {theirs} in `{name}` of the module `{module}`, and {ours} here",
  ),
  importBroken: warning(
    "PAR3616",
    "Imported module has errors",
    "the module `{module}` ({path}) has errors of its own",
  ),
  importNeedsOther: error(
    "PAR3617",
    "Called protocol needs another declaration",
    "`{protocol}` of the module `{module}` needs its own {what} `{name}`, and another of that name is declared here",
  ),
} as const satisfies Record<string, CodeEntry>;
