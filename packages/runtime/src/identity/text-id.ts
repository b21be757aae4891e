/** Ids that are text, with what they are shown with (spec/aura-state.md §1.3). */
const prefixes = {
  member: "member-",
  individual: "individual-",
  invitation: "",
  recovery: "",
  ceremony: "",
  factType: "",
  factKey: "",
} as const;

/** The kinds of ids that are text. */
export type TextIdKind = keyof typeof prefixes;

/** How a text id is shown. */
export const showTextId = (kind: TextIdKind, text: string): string => prefixes[kind] + text;

/** The text of an id that is shown with or without its prefix; an empty one is none. */
export const parseTextId = (kind: TextIdKind, shown: string): string | undefined => {
  const prefix = prefixes[kind];
  const text = shown.startsWith(prefix) ? shown.slice(prefix.length) : shown;
  return text === "" ? undefined : text;
};

/** Who takes part in a threshold group. */
export type ParticipantIdentity =
  | { readonly kind: "device"; readonly device: string }
  | { readonly kind: "guardian"; readonly authority: string }
  | { readonly kind: "member"; readonly group: string; readonly member: string };
