import { declared } from "../constructs/declaration.ts";
import type { SourceFile } from "../constructs/protocol/node.ts";
import { annotationsOf, statementsOf } from "./edges.ts";
import { packFreeReason } from "./pack-free.ts";
import { consumerOf, packPolicy } from "./pack-policy.ts";

/** The five conditions of the acceptance rule, in the guide's order (inventory 154–158). */
export type AcceptanceCondition = "atStake" | "mapped" | "failsClosed" | "negativeTest" | "positiveTest";

export interface Acceptance {
  readonly condition: AcceptanceCondition;
  /** What the condition asks, in a sentence. */
  readonly asks: string;
  readonly met: boolean;
  /** What speaks for it; when it is not met, what is missing. */
  readonly evidence: readonly string[];
}

export interface PackAcceptance {
  readonly pack: string;
  /** All five, always. */
  readonly conditions: readonly Acceptance[];
  readonly accepted: boolean;
}

/** Tests that show a pack refused and admitted, by pack. */
export type PackTests = Readonly<
  Record<string, { readonly negative: readonly string[]; readonly positive: readonly string[] }>
>;

/** The tests Parley ships for the packs it knows, in `packages/runtime/src/admission/theorem-packs.test.ts`. */
export const shippedPackTests: PackTests = {
  AuraTransitionSafety: {
    negative: ["AuraTransitionSafety fails closed without its surfaces"],
    positive: ["AuraTransitionSafety is admitted with its surfaces"],
  },
  AuraAuthorityEvidence: {
    negative: ["AuraAuthorityEvidence fails closed without its surfaces"],
    positive: ["AuraAuthorityEvidence is admitted with its surfaces"],
  },
};

const asks: Readonly<Record<AcceptanceCondition, string>> = {
  atStake: "authority, evidence or a transition is really at stake",
  mapped: "every key of the pack maps to an inventory key with a consumer in the runtime",
  failsClosed: "without the pack the launch is refused",
  negativeTest: "a test shows the refusal",
  positiveTest: "a test shows the admission",
};

/**
 * Judges every pack a protocol requires by the acceptance rule, with the
 * evidence for each condition: a pack that only mirrors a sibling protocol is
 * not accepted (protocols chapter §2.4).
 *
 * @example packAcceptance(analyse(source).file)[0]?.accepted
 */
export function packAcceptance(
  file: SourceFile,
  tests: PackTests = shippedPackTests,
): readonly PackAcceptance[] {
  return (file.protocol?.requires ?? []).map(({ text: pack }) => {
    const conditions = [
      atStake(file, pack),
      mapped(file, pack),
      failsClosed(file, pack),
      tested("negativeTest", tests[pack]?.negative),
      tested("positiveTest", tests[pack]?.positive),
    ];
    return { pack, conditions, accepted: conditions.every(({ met }) => met) };
  });
}

const condition = (name: AcceptanceCondition, met: boolean, evidence: readonly string[]): Acceptance => ({
  condition: name,
  asks: asks[name],
  met,
  evidence,
});

const capabilitiesOf = (file: SourceFile, pack: string): readonly string[] | undefined =>
  declared(file, "proofBundle")
    .find(({ name }) => name.text === pack)
    ?.capabilities.map(({ text }) => text);

function atStake(file: SourceFile, pack: string): Acceptance {
  const policy = packPolicy(pack);
  const against = packFreeReason(file);
  if (policy === undefined) return condition("atStake", false, [`${pack} has no policy that names a stake`]);
  if (against !== undefined) return condition("atStake", false, [against]);
  const facts = [...annotationsOf(statementsOf(file))]
    .filter(({ entry }) => entry.key.text === "journal_facts")
    .map(({ entry, role }) => `${role} records ${entry.value}`);
  const evidence = [policy.stake, ...new Set(facts)];
  return condition(
    "atStake",
    facts.length > 0,
    facts.length > 0 ? evidence : [`no message records a fact of it`],
  );
}

function mapped(file: SourceFile, pack: string): Acceptance {
  const keys = capabilitiesOf(file, pack);
  if (keys === undefined) return condition("mapped", false, [`${pack} is not declared`]);
  const unread = keys.filter((key) => consumerOf(key) === undefined);
  if (unread.length > 0)
    return condition(
      "mapped",
      false,
      unread.map((key) => `nobody reads ${key}`),
    );
  return condition(
    "mapped",
    keys.length > 0,
    keys.map((key) => `${key}: ${consumerOf(key) ?? ""}`),
  );
}

function failsClosed(file: SourceFile, pack: string): Acceptance {
  const policy = packPolicy(pack);
  const keys = capabilitiesOf(file, pack);
  if (policy === undefined || keys === undefined) {
    // Refused with or without its keys: there is nothing to fail closed about.
    return condition("failsClosed", false, [`${pack} has no declaration with an admission policy`]);
  }
  const drift =
    policy.declared.some((key) => !keys.includes(key)) || keys.some((key) => !policy.declared.includes(key));
  if (drift) return condition("failsClosed", false, ["the declaration has drifted from the policy"]);
  return condition("failsClosed", true, [`launch demands ${policy.demanded.join(", ")}`]);
}

const tested = (name: "negativeTest" | "positiveTest", titles: readonly string[] | undefined): Acceptance =>
  condition(name, (titles ?? []).length > 0, titles ?? ["no test is known"]);
