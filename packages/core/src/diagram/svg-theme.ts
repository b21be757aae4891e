/** The diagram's colours in one theme. */
interface Palette {
  readonly surface: string;
  readonly ink: string;
  readonly ink3: string;
  readonly hair: string;
  readonly hair2: string;
  readonly accent: string;
  readonly accentInk: string;
  readonly ghost: string;
  /** Hues of roles by ordinal. */
  readonly roles: readonly [string, string, string, string, string, string];
}

const LIGHT: Palette = {
  surface: "#fffefb",
  ink: "#1d1f24",
  ink3: "#636873",
  hair: "#e2dfd8",
  hair2: "#cfcbc2",
  accent: "#2f5bd8",
  accentInk: "#ffffff",
  ghost: "#a9aeb9",
  roles: ["#2f5bd8", "#0a6a60", "#a8480b", "#8a3ab0", "#5c6b12", "#b02a5b"],
};

const DARK: Palette = {
  surface: "#181b21",
  ink: "#e9e8e4",
  ink3: "#9298a5",
  hair: "#282c35",
  hair2: "#3a3f4b",
  accent: "#86a5ff",
  accentInk: "#0f1423",
  ghost: "#565c69",
  roles: ["#86a5ff", "#5fd0c1", "#f0a36b", "#cf9bf0", "#bccb6a", "#f58fb4"],
};

const variables = (palette: Palette): string =>
  [
    `--surface:${palette.surface}`,
    `--ink:${palette.ink}`,
    `--ink-3:${palette.ink3}`,
    `--hair:${palette.hair}`,
    `--hair-2:${palette.hair2}`,
    `--accent:${palette.accent}`,
    `--accent-ink:${palette.accentInk}`,
    `--ghost:${palette.ghost}`,
    ...palette.roles.map((hue, ordinal) => `--role-${ordinal + 1}:${hue}`),
  ].join(";");

export type SvgTheme = "light" | "dark" | "auto";

/** The style sheet of a standalone drawing; `auto` follows the reader's colour scheme. */
export const svgStyle = (theme: SvgTheme): string => {
  const base = `svg{${variables(theme === "dark" ? DARK : LIGHT)}}`;
  const other = theme === "auto" ? `@media (prefers-color-scheme:dark){svg{${variables(DARK)}}}` : "";
  const text = "text{font:500 12.5px system-ui,sans-serif;fill:var(--ink)}";
  const small =
    ".s{font-size:11px;fill:var(--ink-3)}.b{font-weight:600}.m{font-family:ui-monospace,monospace}";
  return `${base}${other}${text}${small}`;
};

/** The variable of a role's hue. */
export const roleColour = (ordinal: number): string => `var(--role-${(ordinal % 6) + 1})`;
