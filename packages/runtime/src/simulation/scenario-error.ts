/** What can be wrong with a scenario, by code. */
export const scenarioCodes = {
  "bad-type": "PAR8101",
  "unknown-key": "PAR8102",
  "missing-key": "PAR8103",
  "out-of-range": "PAR8104",
  "bad-name": "PAR8105",
  "bad-roles": "PAR8106",
  "unknown-word": "PAR8107",
  conflict: "PAR8108",
  "bad-property": "PAR8109",
  "unknown-role": "PAR8110",
  "not-offered": "PAR8111",
  "not-supported": "PAR8112",
  "bad-parameter": "PAR8113",
  "bad-toml": "PAR8114",
  "bad-bindings": "PAR8115",
} as const;

export type ScenarioErrorKind = keyof typeof scenarioCodes;

/** One thing wrong with a scenario: where, why, and what to do about it. */
export interface ScenarioError {
  readonly code: (typeof scenarioCodes)[ScenarioErrorKind];
  readonly kind: ScenarioErrorKind;
  /** The keys that lead to it: `adversaries[0].budget.total`. */
  readonly path: string;
  readonly reason: string;
  readonly fix: string;
}

export const scenarioError = (
  kind: ScenarioErrorKind,
  path: string,
  reason: string,
  fix: string,
): ScenarioError => ({ code: scenarioCodes[kind], kind, path, reason, fix });
