import { create } from "zustand";

export type ThemeChoice = "light" | "dark" | "system";

const KEY = "parley.theme";
const system = matchMedia("(prefers-color-scheme: dark)");

const read = (): ThemeChoice => {
  const stored = localStorage.getItem(KEY);
  return stored === "light" || stored === "dark" ? stored : "system";
};

const shown = (choice: ThemeChoice): "light" | "dark" =>
  choice === "system" ? (system.matches ? "dark" : "light") : choice;

interface ThemeState {
  readonly choice: ThemeChoice;
  readonly theme: "light" | "dark";
  choose(choice: ThemeChoice): void;
}

/** The theme: chosen or the system's. The document's `data-theme` follows it. */
export const useTheme = create<ThemeState>((set) => ({
  choice: read(),
  theme: shown(read()),
  choose: (choice) => {
    if (choice === "system") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, choice);
    set({ choice, theme: shown(choice) });
  },
}));

useTheme.subscribe(({ theme }) => {
  document.documentElement.dataset.theme = theme;
});
system.addEventListener("change", () => {
  const { choice, choose } = useTheme.getState();
  if (choice === "system") choose("system");
});
