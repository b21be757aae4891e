import type { PackAcceptance } from "@parley/core";
import type { Automaton, RoleGraph, SequenceModel } from "@parley/core/diagram";

/** A finding with its place in lines and columns, as the editor counts. */
export interface Problem {
  readonly code: string;
  readonly severity: "error" | "warning" | "info";
  readonly message: string;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  readonly column: number;
  readonly related: readonly { readonly message: string; readonly start: number; readonly end: number }[];
  readonly fix?: {
    readonly title: string;
    readonly edits: readonly { readonly start: number; readonly end: number; readonly text: string }[];
  };
}

export interface RolePicture {
  readonly role: string;
  readonly type: string;
  readonly automaton: Automaton;
}

/** Every picture of a sound text. */
export interface Pictures {
  readonly sequence: SequenceModel;
  readonly graph: RoleGraph;
  /** One per role of the largest sample that was tried. */
  readonly roles: readonly RolePicture[];
  /** The sizes of that sample, in words; empty when nothing is bound at open. */
  readonly sizes: string;
  readonly global: readonly string[];
  /** Where each message stands in the text, by edge id. */
  readonly spans: readonly { readonly edge: string; readonly start: number; readonly end: number }[];
}

/** Texts a text has to do with through modules, by address. */
export interface ModuleLinks {
  /**
   * Each import as written; no address when nothing here is that module.
   * `namesakes`: how many more texts have its name, of which the oldest is meant.
   */
  readonly imports: readonly {
    readonly module: string;
    readonly uri?: string;
    readonly namesakes: number;
  }[];
  /** Others with the name of this one. */
  readonly namesakes: readonly string[];
  /** Everything it imports, however far round. */
  readonly reached: readonly string[];
  readonly usedBy: readonly string[];
}

export interface AnalysisResult {
  /** The text this answers; an older one is dropped. */
  readonly version: number;
  readonly verdict: "sound" | "errors" | "empty";
  readonly name: string | undefined;
  readonly problems: readonly Problem[];
  /** Drawn from the tree even while there are errors; absent when there is nothing to draw. */
  readonly sketch: SequenceModel | undefined;
  readonly pictures: Pictures | undefined;
  /** Whether the protocol has families, which can be drawn member by member. */
  readonly families: boolean;
  readonly links: ModuleLinks;
  /** The acceptance rule for every theorem pack it requires. */
  readonly packs: readonly PackAcceptance[];
}
