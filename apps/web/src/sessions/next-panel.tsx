import type { NextAction } from "@parley/wire/http";
import { type FocusEvent, useEffect, useRef } from "react";
import { Button } from "../ui/button.tsx";
import { DecideCard } from "./decide-card.tsx";
import { PayloadCard } from "./payload-card.tsx";
import { RoleName } from "./role-name.tsx";
import { useOpenSession } from "./session-context.ts";
import { endWords } from "./status-words.ts";
import { TimerCard } from "./timer-card.tsx";

type Advance = Extract<NextAction, { kind: "advance" }>;

const AdvanceCard = ({ action, first }: { readonly action: Advance; readonly first: boolean }) => {
  const { commands, setPreview } = useOpenSession();
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: pointing at the card only marks its message on the diagram.
    <div
      className={first ? "act now" : "act"}
      data-card="advance"
      onMouseEnter={() => setPreview(action.edgeId ?? undefined)}
      onMouseLeave={() => setPreview(undefined)}
    >
      <p>
        The machine can go on: <RoleName role={action.seat} /> {action.what}
      </p>
      <div className="act-row">
        <Button
          small
          variant={first ? "primary" : undefined}
          data-first-action={first || undefined}
          disabled={commands.busy || !commands.canStep}
          onClick={commands.step}
        >
          Let it <kbd>→</kbd>
        </Button>
      </div>
    </div>
  );
};

const keyOf = (action: NextAction): string => {
  switch (action.kind) {
    case "advance":
      return "advance";
    case "timer":
      return `timer ${action.id}`;
    default:
      return `${action.kind} ${action.seat} ${action.endpoint} ${action.step}${action.kind === "payload" ? action.label : ""}`;
  }
};

const Card = ({ action, first }: { readonly action: NextAction; readonly first: boolean }) => {
  switch (action.kind) {
    case "decide":
      return <DecideCard action={action} first={first} />;
    case "payload":
      return <PayloadCard action={action} first={first} />;
    case "timer":
      return <TimerCard action={action} />;
    case "advance":
      return <AdvanceCard action={action} first={first} />;
  }
};

/** A card goes when it is answered; the focus it had stays with the panel, not with the page. */
const useKeptFocus = (at: number, busy: boolean) => {
  const ref = useRef<HTMLElement>(null);
  const had = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new position has new cards.
  useEffect(() => {
    if (!busy && had.current && document.activeElement === document.body) ref.current?.focus();
  }, [at, busy]);
  return {
    ref,
    onFocus: () => {
      had.current = true;
    },
    onBlur: ({ relatedTarget }: FocusEvent) => {
      if (relatedTarget !== null) had.current = false;
    },
  };
};

/** What somebody can do now: one card each, the first lit. In the past the cards show what could be done then. */
export const NextPanel = () => {
  const { data, commands } = useOpenSession();
  const { view, past } = data;
  const ended = endWords(view);
  const lit = view.next.find(({ kind }) => kind !== "timer");
  const keepFocus = useKeptFocus(view.at, commands.busy);
  return (
    <section aria-label="Next" className="cards" aria-busy={commands.busy} tabIndex={-1} {...keepFocus}>
      {past ? <p className="quiet-note">What could be done at position {view.at}. Fork to do it.</p> : null}
      {view.next.map((action) => (
        <Card key={keyOf(action)} action={action} first={action === lit && !past} />
      ))}
      {view.next.length === 0 ? (
        <p className="quiet-note">
          {ended ? `${ended.what} ${ended.hint}` : "Nothing can run until someone acts or resumes."}
        </p>
      ) : null}
    </section>
  );
};
