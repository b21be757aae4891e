import { SessionCeremonyBand } from "../ceremonies/session-ceremony-band.tsx";
import { Button } from "../ui/button.tsx";
import { problemOf } from "../ui/states.tsx";
import { LateNote, useRaised } from "./operations/late-note.tsx";
import { useOpenSession } from "./session-context.ts";
import { endWords } from "./status-words.ts";
import { placeWords } from "./timeline-model.ts";

/** Says when the page shows the past, or a session that has ended, and what can be done. */
export const StatusBand = () => {
  const { data, commands } = useOpenSession();
  const { head, place, past, unread } = data;
  const raised = useRaised();
  if (past) {
    return (
      <section className="band-row past" aria-label="The past">
        <strong>{placeWords(place)}</strong>
        {unread ? (
          <span role="alert">
            It could not be read: {problemOf(unread.error).text}{" "}
            <Button small onClick={unread.retry}>
              Try again
            </Button>
          </span>
        ) : (
          <span className="wide-only">reading only</span>
        )}
        <LateNote />
        <span className="spacer" />
        <Button small onClick={() => commands.go(place.head)}>
          Back to now
        </Button>
        <Button small icon="fork" variant="primary" disabled={commands.busy} onClick={commands.fork}>
          Fork here
        </Button>
      </section>
    );
  }
  const ended = head.readOnly ?? endWords(head)?.what;
  return (
    <>
      {ended === undefined && raised ? (
        <section className="band-row raised" aria-label="State of the session">
          <LateNote />
        </section>
      ) : null}
      {ended === undefined ? null : (
        <section className={`band-row ${head.status}`} aria-label="State of the session">
          <span>{ended}</span>
        </section>
      )}
      <SessionCeremonyBand head={head} refresh={data.refresh} />
    </>
  );
};
