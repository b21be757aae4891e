import type { CeremonyParticipant, CeremonyView } from "@parley/wire/http";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Button } from "../ui/button.tsx";
import { type Column, DataTable } from "../ui/data-table.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { useCommand } from "../ui/use-command.ts";
import { when } from "../ui/when.ts";
import { AnswerDialog } from "./answer-dialog.tsx";
import { Avatar, answerWord } from "./avatars.tsx";
import { ceremonyHref } from "./ceremony-data.ts";
import { isLive } from "./ceremony-words.ts";

type Line = CeremonyParticipant & {
  readonly handshake: CeremonyView["handshakes"][number] | undefined;
};

const linesOf = ({ participants, handshakes }: CeremonyView): readonly Line[] =>
  participants.map((one) => ({
    ...one,
    handshake: handshakes.find(({ participant }) => participant === one.key || participant === one.authority),
  }));

const said: readonly Column<Line>[] = [
  {
    id: "participant",
    head: "Participant",
    width: "minmax(90px, 1fr)",
    text: ({ key }) => key,
    show: (line) => (
      <>
        <Avatar participant={line} /> {line.name}
      </>
    ),
  },
  {
    id: "answer",
    head: "Answer",
    width: "minmax(96px, 1.2fr)",
    text: (line) => answerWord(line),
    show: (line) => (
      <span title={line.answer?.reason ?? undefined}>
        {answerWord(line)}
        {line.answer?.reason ? `: ${line.answer.reason}` : ""}
      </span>
    ),
  },
  {
    id: "at",
    head: "When",
    width: "126px",
    wide: true,
    text: ({ answer }) => answer?.at ?? null,
    show: ({ answer }) => (answer ? when(answer.at) : ""),
  },
  {
    id: "version",
    head: "Version",
    width: "70px",
    wide: true,
    text: ({ handshake }) => handshake?.version ?? null,
  },
  {
    id: "capabilities",
    head: "Can do",
    wide: true,
    width: "minmax(0, 1.2fr)",
    text: ({ handshake }) => handshake?.capabilities.join(", ") ?? null,
    show: ({ handshake }) => (
      <span title={handshake?.capabilities.join(", ")}>{handshake?.capabilities.join(", ")}</span>
    ),
  },
];

interface SectionProps {
  readonly view: CeremonyView;
  readonly selected: string | undefined;
}

/** Who takes part: what they said, when, and how their node introduced itself; answering for them where it is live. */
export const ParticipantsSection = ({ view, selected }: SectionProps) => {
  const [answering, setAnswering] = useState<{ readonly who: Line; readonly accept: boolean }>();
  const command = useCommand(keys.ceremonies);
  const navigate = useNavigate();
  const live = isLive(view);
  const lines = linesOf(view);
  const approve = ({ participant }: Line): void =>
    void command.run(() => api.ceremonies.answer(view.id, { participant, accept: true }));
  const acts: Column<Line> = {
    id: "act",
    head: "Act for them",
    width: "minmax(150px, 1fr)",
    text: () => "",
    show: (line) => (
      <span className="cer-acts">
        {line.answer === null ? (
          <Button
            small
            variant="primary"
            disabled={command.busy}
            aria-label={`Approve as ${line.name}`}
            onClick={() => approve(line)}
          >
            Approve
          </Button>
        ) : null}
        <Button
          small
          aria-label={`${line.answer === null ? "Refuse" : "Answer again"} as ${line.name}`}
          onClick={() => setAnswering({ who: line, accept: line.answer !== null })}
        >
          {line.answer === null ? "Refuse …" : "Again …"}
        </Button>
      </span>
    ),
  };
  return (
    <section aria-label="Participants">
      <h2>Participants</h2>
      {live ? (
        <p className="quiet note">
          You act for them as the operator of the studio: each answer is recorded as theirs, given by you.
        </p>
      ) : null}
      <ProblemNote error={command.error} />
      <DataTable
        label="Participants"
        file={`${view.id}.participants`}
        rows={lines}
        columns={live ? [...said, acts] : said}
        keyOf={({ key }) => key}
        hrefOf={({ key }) => `${ceremonyHref(view.id)}?participant=${encodeURIComponent(key)}`}
        onOpen={({ key }) =>
          void navigate({
            to: "/ceremonies/$id",
            params: { id: view.id },
            search: { participant: key },
            replace: true,
          })
        }
        selected={selected}
        empty={<p className="quiet">Nobody takes part.</p>}
      />
      {answering ? (
        <AnswerDialog
          view={view}
          participant={answering.who}
          accept={answering.accept}
          onClose={() => setAnswering(undefined)}
        />
      ) : null}
    </section>
  );
};
