import type { MessageRow } from "@parley/core/diagram";

/** What a menu of a diagram is about. */
export type DiagramTarget =
  | { readonly kind: "lane"; readonly lane: string }
  | { readonly kind: "message"; readonly row: MessageRow };

/** A place in the window, in px. */
export interface MenuPlace {
  readonly x: number;
  readonly y: number;
}

/** Opens what can be done with a message or a role; absent where a picture only shows. */
export type OpenMenu = (target: DiagramTarget, place: MenuPlace) => void;

/** Keys that ask for a menu at what is selected. */
export const asksForMenu = ({
  key,
  shiftKey,
}: {
  readonly key: string;
  readonly shiftKey: boolean;
}): boolean => key === "ContextMenu" || (key === "F10" && shiftKey) || key === "Enter";

/** Where a part of a diagram stands in the window, once it is drawn. */
export const placeOf = (part: Element | null, fallback: Element | null): MenuPlace => {
  const box = (part ?? fallback)?.getBoundingClientRect();
  return box === undefined
    ? { x: 0, y: 0 }
    : { x: box.left + Math.min(box.width, 480) / 2, y: part === null ? box.top + 80 : box.bottom };
};
