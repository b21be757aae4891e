import type { SessionView } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { useCommand } from "../ui/use-command.ts";
import "./ceremonies.css";
import { endedWords, proposalWords } from "./ended-words.ts";

/** Says on a session's page that its ceremony ended without a commit, and asks again. */
export const SessionCeremonyBand = ({
  head,
  refresh,
}: {
  readonly head: SessionView;
  readonly refresh: () => void;
}) => {
  const command = useCommand(keys.ceremonies);
  const { ceremony, status, id } = head;
  if (ceremony?.ended === undefined) return null;
  return (
    <section className="band-row past" aria-label="Ceremony of the session">
      <span>
        {proposalWords(status)}:{" "}
        <Link to="/ceremonies/$id" params={{ id: ceremony.id }} className="cer-link">
          its ceremony
        </Link>{" "}
        ended. {endedWords(ceremony.ended)}
      </span>
      <ProblemNote error={command.error} />
      <span className="spacer" />
      {status === "active" ? (
        <Button
          small
          disabled={command.busy}
          onClick={() =>
            void command.run(() => api.ceremonies.askAgain(id, { expectedHead: head.head }), refresh)
          }
        >
          Ask again
        </Button>
      ) : null}
    </section>
  );
};
