import type { CeremonyCard } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import type { KeyboardEvent } from "react";
import { HashText } from "../ui/hash-text.tsx";
import { Icon } from "../ui/icon.tsx";
import { Avatars } from "./avatars.tsx";
import { kindWords, states, stateWords } from "./ceremony-words.ts";
import { Countdown } from "./countdown.tsx";
import { ThresholdRing } from "./threshold-ring.tsx";

const Card = ({ ceremony }: { readonly ceremony: CeremonyCard }) => (
  <article className="cer-card" data-ceremony={ceremony.id}>
    <p className="cer-kind">{kindWords(ceremony.kind)}</p>
    <h3>
      <Link to="/ceremonies/$id" params={{ id: ceremony.id }} className="cer-card-link">
        {ceremony.title}
      </Link>
    </h3>
    <div className="cer-card-row">
      <Avatars participants={ceremony.participants} />
      <ThresholdRing progress={ceremony.progress} size={52} />
    </div>
    <Countdown ceremony={ceremony} />
    {ceremony.reason === null ? null : <p className="cer-reason">{ceremony.reason}</p>}
    <p className="cer-foot">
      <span>
        upon <HashText value={ceremony.prestate} digits={8} />
      </span>
      {ceremony.supersedes.length > 0 ? <span>replaces {ceremony.supersedes.length}</span> : null}
    </p>
  </article>
);

/** Arrows move between cards: up and down in a column, left and right to the next column that has some. */
const moveFocus = (event: KeyboardEvent<HTMLElement>): void => {
  if (!(event.target instanceof HTMLAnchorElement)) return;
  const columns = [...event.currentTarget.querySelectorAll<HTMLElement>("[data-column]")]
    .map((column) => [...column.querySelectorAll<HTMLAnchorElement>("h3 a")])
    .filter((cards) => cards.length > 0);
  const x = columns.findIndex((cards) => cards.includes(event.target as HTMLAnchorElement));
  const y = columns[x]?.indexOf(event.target) ?? 0;
  const beside = (step: number): HTMLElement | undefined => {
    const column = columns[x + step];
    return column?.[Math.min(y, column.length - 1)];
  };
  const next = {
    ArrowDown: columns[x]?.[y + 1],
    ArrowUp: columns[x]?.[y - 1],
    ArrowRight: beside(1),
    ArrowLeft: beside(-1),
  }[event.key];
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
};

/** Ceremonies by state: columns side by side, on a phone one group below the other. */
export const CeremonyBoard = ({ rows }: { readonly rows: readonly CeremonyCard[] }) => (
  // biome-ignore lint/a11y/noStaticElementInteractions: arrows are a short cut between links.
  <div className="cer-board" onKeyDown={moveFocus}>
    {states.map((state) => {
      const own = rows.filter((one) => one.state === state);
      const { label, icon, says } = stateWords[state];
      return (
        <section
          key={state}
          data-column={state}
          aria-label={label}
          className={own.length === 0 ? "cer-column empty" : "cer-column"}
        >
          <h2 title={says}>
            <Icon name={icon} size={14} /> {label} <span className="mono">{own.length}</span>
          </h2>
          {own.map((ceremony) => (
            <Card key={ceremony.id} ceremony={ceremony} />
          ))}
        </section>
      );
    })}
  </div>
);
