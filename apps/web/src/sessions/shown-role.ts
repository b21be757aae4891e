import { useSelection } from "../selection/selection.ts";

/** The role a panel shows: the one selected anywhere, else the address's, else the first. */
export const useShownRole = (names: readonly string[], asked: string | undefined): string => {
  const selected = useSelection(({ selection }) => selection.role);
  return names.find((name) => name === selected) ?? names.find((name) => name === asked) ?? names[0] ?? "";
};

/** Selects a role beside the message that is selected. */
export const lookAtRole = (role: string): void => {
  const { selection, select } = useSelection.getState();
  select({ ...selection, role });
};
