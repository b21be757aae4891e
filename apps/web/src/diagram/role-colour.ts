/** The hue of a role: by its place in the declaration, so that it never changes with the view. */
export const roleColour = (ordinal: number): string => `var(--role-${(ordinal % 6) + 1})`;
