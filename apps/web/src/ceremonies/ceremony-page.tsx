import type { CeremonyView } from "@parley/wire/http";
import { Link, useNavigate, useParams, useSearch } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { Button } from "../ui/button.tsx";
import { ProblemNote } from "../ui/problem-note.tsx";
import { ErrorState, LoadingState } from "../ui/states.tsx";
import { useCommand } from "../ui/use-command.ts";
import "../authorities/authorities.css";
import "./ceremonies.css";
import { clockOffset, useCeremony, useNames } from "./ceremony-data.ts";
import { FactsSection, OperationSection, PrestateSection, RefusalsSection } from "./ceremony-facts.tsx";
import { isLive, kindWords, progressWords, stateWords } from "./ceremony-words.ts";
import { ChainDrawing } from "./chain-drawing.tsx";
import { CommitSection } from "./commit-section.tsx";
import { Countdown } from "./countdown.tsx";
import { AbortDialog, SupersedeDialog } from "./end-dialogs.tsx";
import { ParticipantsSection } from "./participants-section.tsx";
import { StateChip } from "./state-chip.tsx";
import { ThresholdRing } from "./threshold-ring.tsx";

const Actions = ({ view }: { readonly view: CeremonyView }) => {
  const [dialog, setDialog] = useState<"abort" | "supersede">();
  const navigate = useNavigate();
  const command = useCommand(keys.ceremonies);
  const close = (): void => setDialog(undefined);
  if (!isLive(view)) return null;
  return (
    <div className="row cer-actions">
      {view.state === "Committing" ? (
        <Button
          disabled={command.busy}
          onClick={() => void command.run(() => api.ceremonies.commit(view.id))}
        >
          Commit again
        </Button>
      ) : null}
      <Button onClick={() => setDialog("supersede")}>Supersede …</Button>
      <Button variant="danger" onClick={() => setDialog("abort")}>
        Abort …
      </Button>
      <ProblemNote error={command.error} />
      {dialog === "abort" ? <AbortDialog view={view} onClose={close} /> : null}
      {dialog === "supersede" ? (
        <SupersedeDialog
          view={view}
          onClose={close}
          onDone={({ id }) => {
            close();
            void navigate({ to: "/ceremonies/$id", params: { id } });
          }}
        />
      ) : null}
    </div>
  );
};

const Head = ({ view, readAt }: { readonly view: CeremonyView; readonly readAt: number }) => {
  const names = useNames();
  return (
    <section className="cer-summary" aria-label="State of the ceremony">
      <ThresholdRing progress={view.progress} />
      <div>
        <p className="cer-card-row">
          <StateChip state={view.state} /> <span>{stateWords[view.state].says}</span>
        </p>
        <p>{progressWords(view.progress)}</p>
        <Countdown ceremony={view} offset={clockOffset(view, readAt)} />
        {view.reason === null ? null : <p className="cer-reason">{view.reason}</p>}
        <p className="quiet">
          {kindWords(view.kind)}, begun by {names(view.initiator).name}; epoch {view.pendingEpoch}{" "}
          {view.state === "Committed" ? "counts" : "is pending"}; agreement {view.agreement}; runtime{" "}
          {view.runtime.profile}
        </p>
        <Actions view={view} />
      </div>
    </section>
  );
};

const Sessions = ({ view }: { readonly view: CeremonyView }) => (
  <section aria-label="Sessions">
    <h2>Sessions</h2>
    {view.sessions.length === 0 ? (
      <p className="quiet">No session runs for it.</p>
    ) : (
      <ul className="plain cer-links">
        {view.sessions.map(({ id, title, protocol }) => (
          <li key={id}>
            <Link to="/sessions/$id" params={{ id }} className="cer-link">
              {title}
            </Link>{" "}
            <span className="quiet">{protocol}</span>
          </li>
        ))}
      </ul>
    )}
    <p>
      <Link to="/journal/$context" params={{ context: view.context }} className="cer-link">
        Journal of its context
      </Link>
    </p>
  </section>
);

/** One ceremony: who was asked and what they said, what it stands on, its key and signature, what it replaced. */
export const CeremonyPage = () => {
  const { id } = useParams({ from: "/ceremonies/$id" });
  const { participant, fact } = useSearch({ from: "/ceremonies/$id" });
  const { data, error, refetch, dataUpdatedAt } = useCeremony(id);
  const title = data?.title ?? id;
  useBreadcrumbs(useMemo(() => [{ label: "Ceremonies", to: "/ceremonies" }, { label: title }], [title]));
  if (!data)
    return error ? (
      <ErrorState error={error} retry={() => void refetch()} />
    ) : (
      <LoadingState what="the ceremony" />
    );
  return (
    <div className="page auth-page cer-page">
      <h1>{data.title}</h1>
      <Head view={data} readAt={dataUpdatedAt} />
      <ParticipantsSection view={data} selected={participant} />
      <div className="cer-columns">
        <div>
          <CommitSection view={data} />
          <OperationSection view={data} />
        </div>
        <div>
          <ChainDrawing view={data} />
          <PrestateSection view={data} />
          <Sessions view={data} />
        </div>
      </div>
      <FactsSection view={data} selected={fact} />
      <RefusalsSection view={data} />
    </div>
  );
};
