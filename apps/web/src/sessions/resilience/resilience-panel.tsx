import type { ContextView, PairResilience } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { api } from "../../api/api.ts";
import { keys } from "../../api/query-client.ts";
import { useTopic } from "../../live/live.ts";
import { Button } from "../../ui/button.tsx";
import { ProblemNote } from "../../ui/problem-note.tsx";
import { EmptyState, ErrorState, LoadingState } from "../../ui/states.tsx";
import { useCommand } from "../../ui/use-command.ts";
import { when } from "../../ui/when.ts";
import { useOpenSession } from "../session-context.ts";
import { BreakerPicture } from "./breaker-picture.tsx";
import { breakerWords, pairsOf, retryWords } from "./resilience-words.ts";
import "./resilience.css";

const Pair = ({ pair }: { readonly pair: PairResilience }) => {
  const { retry, breaker } = pair;
  return (
    <>
      <p>{retryWords(retry)}.</p>
      {retry.next === null ? null : <p>Tried again at {when(retry.next)}.</p>}
      <p>{breakerWords(breaker)}.</p>
      {breaker.until === null ? null : <p>A probe is let through at {when(breaker.until)}.</p>}
      <BreakerPicture breaker={breaker} />
    </>
  );
};

const Pairs = ({ view }: { readonly view: ContextView }) => {
  const command = useCommand(keys.context(view.id), keys.contexts);
  const { id, members, resilience = [] } = view;
  const known = (one: string, other: string) =>
    resilience.find(({ requester, responder }) => requester === one && responder === other);
  const sync = (one: string, other: string): void =>
    void command.run(() => api.contexts.sync(id, one, other));
  return (
    <>
      <ProblemNote error={command.error} />
      <ul className="res-pairs">
        {pairsOf(members.map(({ authority }) => authority)).map(([one, other]) => {
          const pair = known(one, other);
          return (
            <li key={`${one} ${other}`}>
              <div className="res-head">
                <b>
                  {one} and {other}
                </b>
                <Button
                  small
                  disabled={command.busy}
                  aria-label={`Synchronise ${one} and ${other}`}
                  onClick={() => sync(one, other)}
                >
                  Synchronise
                </Button>
              </div>
              {pair ? <Pair pair={pair} /> : <p className="res-quiet">Never failed.</p>}
            </li>
          );
        })}
      </ul>
    </>
  );
};

/** How synchronising the replicas of this session's context goes: what is tried again, and each pair's breaker. */
export const ResiliencePanel = () => {
  const session = useOpenSession().data.head;
  const context = `ctx:${session.id}`;
  useTopic(`context:${context}`);
  const { data, error, refetch } = useQuery({
    queryKey: [...keys.context(context), "resilience"],
    queryFn: () => api.contexts.get(context),
    enabled: session.parent === null,
  });
  if (session.parent !== null)
    return <EmptyState title="A what-if has no replicas">Look at the session it was made from.</EmptyState>;
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (data === undefined) return <LoadingState what="the replicas" />;
  if (data.members.length < 2)
    return (
      <EmptyState title="Nobody to synchronise with">
        Replicas are kept once a message of the session records a fact.
      </EmptyState>
    );
  return <Pairs view={data} />;
};
