/**
 * Which of some replicas one reaches, itself among them where it is one: all
 * while none are parted; while they are, those of its group, and an authority
 * in no group is alone.
 */
export const reachedBy = (
  all: readonly string[],
  groups: readonly (readonly string[])[] | undefined,
  authority: string,
): readonly string[] => {
  if (groups === undefined) return all;
  const group = groups.find((one) => one.includes(authority)) ?? [authority];
  return all.filter((one) => group.includes(one));
};
