import { useEffect } from "react";
import { create } from "zustand";
import { Button } from "./button.tsx";
import { problemOf } from "./states.tsx";
import "./ui.css";

interface ToastItem {
  readonly id: number;
  readonly text: string;
  readonly hint?: string | undefined;
  readonly tone?: "bad";
  /** What takes it back, if anything does. */
  readonly undo?: () => void;
}

const useToasts = create<{ items: readonly ToastItem[] }>(() => ({ items: [] }));
let next = 1;
const STAYS_MS = 8_000;

/** Says what happened, in a corner, once. */
export const toast = (item: Omit<ToastItem, "id">): void => {
  const id = next;
  next += 1;
  useToasts.setState(({ items }) => ({ items: [...items.slice(-2), { ...item, id }] }));
};

/** Says why the server refused, in its own words. */
export const toastProblem = (error: unknown): void => {
  const { code, text, hint } = problemOf(error);
  toast({ text, hint: hint ? `${code} · ${hint}` : code, tone: "bad" });
};

const drop = (id: number): void =>
  useToasts.setState(({ items }) => ({ items: items.filter((item) => item.id !== id) }));

const Toast = ({ item }: { readonly item: ToastItem }) => {
  useEffect(() => {
    const timer = setTimeout(() => drop(item.id), STAYS_MS);
    return () => clearTimeout(timer);
  }, [item.id]);
  return (
    <div className={item.tone ? `toast ${item.tone}` : "toast"}>
      <p>
        {item.text}
        {item.hint ? <small>{item.hint}</small> : null}
      </p>
      {item.undo ? (
        <Button
          small
          onClick={() => {
            drop(item.id);
            item.undo?.();
          }}
        >
          Undo
        </Button>
      ) : null}
      <Button small variant="quiet" icon="cross" aria-label="Dismiss" onClick={() => drop(item.id)} />
    </div>
  );
};

export const Toasts = () => {
  const items = useToasts((state) => state.items);
  return (
    <section className="toasts" aria-label="Notifications" aria-live="polite">
      {items.map((item) => (
        <Toast key={item.id} item={item} />
      ))}
    </section>
  );
};
