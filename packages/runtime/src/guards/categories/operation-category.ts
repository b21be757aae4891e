/**
 * How much agreement an operation needs before it has an effect
 * (spec/aura-protocols.md §2.6): A at once, B once a proposal is approved, C by
 * a ceremony alone.
 */
export type OperationCategory = "A" | "B" | "C";

/** What the category of a protocol means for a session of it. */
export type CategoryEffect = "local" | "proposal" | "ceremony";

/** The effect a category has: applied locally, proposed, or run by the ceremony runner. */
export const categoryEffect = (category: OperationCategory): CategoryEffect => {
  switch (category) {
    case "A":
      return "local";
    case "B":
      return "proposal";
    case "C":
      return "ceremony";
  }
};

/** The questions by which a category is chosen, answered by whoever designs the operation. */
export interface CategoryAnswers {
  /** Does it establish or change cryptographic relationships? */
  readonly changesKeys: boolean;
  /** If so, must the person wait for the others before going on? */
  readonly mustWait: boolean;
  /** If not, does it touch what others may access, irreversibly or with high security? */
  readonly affectsAccess: boolean;
}

/** The category that the answers lead to. */
export const categoryFor = ({ changesKeys, mustWait, affectsAccess }: CategoryAnswers): OperationCategory => {
  if (changesKeys) return mustWait ? "C" : "B";
  return affectsAccess ? "B" : "A";
};
