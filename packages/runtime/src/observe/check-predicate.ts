import type { CodeImage } from "../machine/code/image.ts";
import { facts, ofRole, type UnknownFact } from "./evaluate.ts";
import type { Predicate } from "./predicate.ts";

/** The names a role's deeds bind, whether it has come to them or not. */
const boundBy = (image: CodeImage, role: string): readonly string[] =>
  (image.programs[image.roles.indexOf(role)]?.states ?? []).flatMap((state) =>
    state.kind === "perform" && "binds" in state.deed && typeof state.deed.binds === "string"
      ? [state.deed.binds]
      : [],
  );

/**
 * What a predicate names that no state of an image has: a fact, a role, a name
 * of a role. A name that is bound later is known. `undefined` when there is
 * nothing of the kind.
 */
export const checkPredicate = (of: Predicate, image: CodeImage): UnknownFact | undefined => {
  const unknown = (name: string, at: number, known: readonly string[]): UnknownFact => ({
    code: "PAR8002",
    kind: "unknown-fact",
    at,
    name,
    known,
  });
  switch (of.kind) {
    case "value":
      return undefined;
    case "fact":
      return facts.some((known) => known === of.name) ? undefined : unknown(of.name, of.at, facts);
    case "of": {
      if (!image.roles.includes(of.role)) return unknown(of.role, of.at, image.roles);
      const known = [...ofRole, ...boundBy(image, of.role)];
      return known.includes(of.name) ? undefined : unknown(of.name, of.at, known);
    }
    case "not":
      return checkPredicate(of.of, image);
    default:
      return checkPredicate(of.left, image) ?? checkPredicate(of.right, image);
  }
};
