import type { Action } from "./action.ts";
import { useRegistry } from "./registry.ts";

const mac = /Mac|iPhone|iPad/.test(navigator.platform);

/** How a pressed key is written in `Action.keys`. */
export const keyOf = (event: KeyboardEvent): string => {
  const mod = mac ? event.metaKey : event.ctrlKey;
  const parts = [mod ? "Mod" : "", event.altKey ? "Alt" : ""];
  // The shift of `?` is part of the character; that of a letter is a key of its own.
  if (event.shiftKey && (event.key.length > 1 || /^[a-z]$/i.test(event.key))) parts.push("Shift");
  parts.push(event.key.length === 1 ? event.key.toLowerCase() : event.key);
  return parts.filter((part) => part !== "").join("+");
};

/** `Mod+K` as people of this machine know it. */
export const showKey = (key: string): string =>
  key
    .split("+")
    .map(
      (part) =>
        ({
          Mod: mac ? "⌘" : "Ctrl",
          Alt: mac ? "⌥" : "Alt",
          Shift: "⇧",
          ArrowLeft: "←",
          ArrowRight: "→",
          ArrowUp: "↑",
          ArrowDown: "↓",
          Escape: "Esc",
          " ": "Space",
          Enter: "↵",
        })[part] ?? (part.length === 1 ? part.toUpperCase() : part),
    )
    .join(mac ? "" : "+");

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.closest("input, textarea, select, [role=textbox], .monaco-editor") !== null);

/** Keys a focused control needs for itself. */
const belongsToControl = (target: EventTarget | null, key: string): boolean => {
  if (!(target instanceof HTMLElement)) return false;
  if (
    (key === "Enter" || key === " ") &&
    target.closest("button, a, summary, [role=button], [role=tab], [role=menuitem]")
  )
    return true;
  return (
    /^(Arrow|Home|End)/.test(key) &&
    target.closest("[role=tablist], [role=menu], [role=listbox], [role=separator]") !== null
  );
};

const matches = (action: Action, pressed: string, typing: boolean): boolean => {
  if (action.enabled === false || (typing && !action.whileTyping)) return false;
  return action.keys?.some((key) => key.toLowerCase() === pressed.toLowerCase()) ?? false;
};

const SEQUENCE_MS = 1200;

/** Listens for every action's keys; returns how to stop. */
export const listenForShortcuts = (): (() => void) => {
  let first: { key: string; at: number } | undefined;
  const onKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.isComposing) return;
    const typing = isTyping(event.target);
    const key = keyOf(event);
    if (belongsToControl(event.target, key)) return;
    if (document.querySelector("[role=dialog]") && key !== "Escape") return;
    const sequence = first && event.timeStamp - first.at < SEQUENCE_MS ? `${first.key} ${key}` : key;
    first = undefined;
    const actions = [...useRegistry.getState().actions.values()];
    const found =
      actions.find((action) => matches(action, sequence, typing)) ??
      actions.find((action) => matches(action, key, typing));
    if (found) {
      event.preventDefault();
      found.run();
    } else if (!typing && actions.some((action) => action.keys?.some((keys) => keys.startsWith(`${key} `)))) {
      first = { key, at: event.timeStamp };
    }
  };
  addEventListener("keydown", onKey);
  return () => removeEventListener("keydown", onKey);
};
