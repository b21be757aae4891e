import type { ProtocolSummary, SessionSummary } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { LazyThumbnail } from "../protocols/lazy-thumbnail.tsx";
import { MISTAKE, SNIPPET } from "../protocols/mistake.ts";
import { createProtocol } from "../protocols/protocol-actions.ts";
import { VerdictChip } from "../protocols/protocol-row.tsx";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/states.tsx";
import "./home.css";

const crumbs = [{ label: "Home" }];

const Card = ({
  title,
  children,
  action,
  picture,
}: {
  readonly title: string;
  readonly children: ReactNode;
  readonly action: ReactNode;
  readonly picture: string;
}) => (
  <article className="home-card">
    <LazyThumbnail source={picture} />
    <h2>{title}</h2>
    <p>{children}</p>
    <div>{action}</div>
  </article>
);

const useCreate = () => {
  const navigate = useNavigate();
  return (name: string, source: string): void =>
    void createProtocol(name, source).then((id) => {
      if (id) void navigate({ to: "/protocols/$id", params: { id } });
    });
};

/** What is run when nothing is waiting. */
const FIRST_RUN = "guardian_ceremony";

const SessionCard = ({ waiting }: { readonly waiting: SessionSummary | undefined }) => {
  const id = waiting?.protocol.id ?? FIRST_RUN;
  const { data } = useQuery({ queryKey: keys.protocol(id), queryFn: () => api.protocols.get(id) });
  const picture = data?.source ?? "";
  return waiting ? (
    <Card
      title="A session is waiting"
      picture={picture}
      action={
        <Link className="btn primary" to="/sessions/$id" params={{ id: waiting.id }}>
          Go to it
        </Link>
      }
    >
      “{waiting.title}” stands at position {waiting.head}. Somebody has to decide or say something before it
      can go on.
    </Card>
  ) : (
    <Card
      title="Run something real"
      picture={picture}
      action={
        <Link className="btn primary" to="/protocols/$id/open" params={{ id: FIRST_RUN }}>
          Open a guardian rotation
        </Link>
      }
    >
      Three seats, two answers and one decision that is yours: open a session of a shipped protocol and step
      it to its end.
    </Card>
  );
};

const Recent = ({
  protocols,
  sessions,
}: {
  readonly protocols: readonly ProtocolSummary[];
  readonly sessions: readonly SessionSummary[];
}) => (
  <div className="home-lists">
    <section>
      <h2>Protocols</h2>
      <ul>
        {protocols.map((protocol) => (
          <li key={protocol.id}>
            <Link to="/protocols/$id" params={{ id: protocol.id }}>
              {protocol.name}
            </Link>
            <VerdictChip verdict={protocol.verdict} />
          </li>
        ))}
      </ul>
    </section>
    <section>
      <h2>Sessions</h2>
      {sessions.length === 0 ? (
        <p>
          None yet. A session is one run of a protocol, kept entry by entry; every position of it can be
          visited again.
        </p>
      ) : null}
      <ul>
        {sessions.map((session) => (
          <li key={session.id}>
            <Link to="/sessions/$id" params={{ id: session.id }}>
              {session.title}
            </Link>
            <span className="mono">
              {session.status} · {session.head}
            </span>
          </li>
        ))}
      </ul>
    </section>
  </div>
);

/** Three real things to do, then what was done last. */
export const HomePage = () => {
  useBreadcrumbs(crumbs);
  const create = useCreate();
  const protocols = useQuery({ queryKey: keys.protocols, queryFn: () => api.protocols.list() });
  const sessions = useQuery({ queryKey: keys.sessions, queryFn: () => api.sessions.list() });
  if (protocols.error) return <ErrorState error={protocols.error} retry={() => void protocols.refetch()} />;
  const recent = [...(protocols.data?.items ?? [])].sort((a, b) => b.updatedAt - a.updatedAt).slice(0, 6);
  const runs = sessions.data?.items ?? [];
  return (
    <div className="page home">
      <h1>Write a protocol once. See it, check it, run it.</h1>
      <div className="home-cards">
        <Card
          title="Mend a protocol"
          picture={MISTAKE}
          action={<Button onClick={() => create("Delivery, with a mistake", MISTAKE)}>Open it</Button>}
        >
          It has one mistake: somebody waits for a message that may never come. See where, and mend it.
        </Card>
        <SessionCard waiting={runs.find(({ status }) => status === "active")} />
        <Card
          title="Start from a page"
          picture={SNIPPET}
          action={<Button onClick={() => create("My protocol", SNIPPET)}>New protocol</Button>}
        >
          Two roles and two messages to begin with. It is drawn and checked as you type.
        </Card>
      </div>
      <Recent protocols={recent} sessions={runs.slice(0, 6)} />
    </div>
  );
};
