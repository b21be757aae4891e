/**
 * Something a person can do: one object feeds the palette, the keys, the help
 * and the menus.
 */
export interface Action {
  readonly id: string;
  readonly label: string;
  /** Heading in palette and help: `Go to`, `Session`, `Protocol`, `View`. */
  readonly group: string;
  /** `Mod+K`, `ArrowRight`, `?`, `g p` (one key after the other). `Mod` is Ctrl, or Cmd on a Mac. */
  readonly keys?: readonly string[];
  /** Absent = always. */
  readonly enabled?: boolean;
  /** Works while text is being edited, too. */
  readonly whileTyping?: boolean;
  readonly run: () => void;
}
