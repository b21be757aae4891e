import { type PackAcceptance, packAcceptance, type SourceFile } from "@parley/core";

const lines = ({ pack, conditions, accepted }: PackAcceptance): readonly string[] => [
  `  ${pack}: ${accepted ? "accepted" : "not accepted"}`,
  ...conditions.flatMap(({ asks, met, evidence }) => [
    `    ${met ? "yes" : "no "} ${asks}`,
    ...evidence.map((one) => `          ${one}`),
  ]),
];

/** The acceptance rule's five conditions for every pack a protocol requires, with their evidence. */
export const explainPacks = (file: string, tree: SourceFile): string => {
  const packs = packAcceptance(tree);
  if (packs.length === 0) return `${file}: requires no theorem pack`;
  return [`${file}: theorem packs`, ...packs.flatMap(lines)].join("\n");
};
