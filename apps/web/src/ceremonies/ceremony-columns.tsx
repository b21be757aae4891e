import type { CeremonyCard } from "@parley/wire/http";
import type { Column } from "../ui/data-table.tsx";
import { HashText } from "../ui/hash-text.tsx";
import { when } from "../ui/when.ts";
import { answerWord } from "./avatars.tsx";
import { kindWords } from "./ceremony-words.ts";
import { StateChip } from "./state-chip.tsx";

/** The columns of a list of ceremonies. */
export const ceremonyColumns: readonly Column<CeremonyCard>[] = [
  {
    id: "ceremony",
    head: "Ceremony",
    width: "minmax(110px, 1.6fr)",
    text: ({ id }) => id,
    show: ({ title }) => title,
  },
  { id: "title", head: "Kind", wide: true, text: ({ kind }) => kind, show: ({ kind }) => kindWords(kind) },
  {
    id: "state",
    head: "State",
    width: "112px",
    text: ({ state }) => state,
    show: ({ state }) => <StateChip state={state} />,
  },
  {
    id: "progress",
    head: "Agreed",
    width: "64px",
    text: ({ progress }) => `${progress.accepted} of ${progress.required}`,
    show: ({ progress }) => (
      <span className="mono">
        {progress.accepted}/{progress.required}
      </span>
    ),
  },
  {
    id: "participants",
    head: "Participants",
    width: "minmax(0, 1.6fr)",
    wide: true,
    text: ({ participants }) => participants.map((one) => `${one.name} ${answerWord(one)}`).join("; "),
  },
  {
    id: "deadline",
    head: "Deadline",
    width: "120px",
    wide: true,
    text: ({ deadline }) => deadline,
    show: ({ deadline }) => when(deadline),
  },
  {
    id: "prestate",
    head: "Upon",
    width: "90px",
    wide: true,
    text: ({ prestate }) => prestate,
    show: ({ prestate }) => <HashText value={prestate} digits={8} />,
  },
];
