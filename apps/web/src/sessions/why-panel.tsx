import type { SessionView, Why } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { Button } from "../ui/button.tsx";
import { selectHappening } from "./debug/causes-section.tsx";
import { RoleName } from "./role-name.tsx";
import { useOpenSession } from "./session-context.ts";
import { waitChain } from "./wait-chain.ts";

/** Roles listed, and roles whose chain is asked for at once; a family of thousands waits for the same thing. */
const LISTED = 40;
const ASKED = 6;

type Link = Why["chains"][number]["links"][number];
type RoleView = SessionView["roles"][number];

const isStill = ({ status }: RoleView["endpoints"][number]): boolean =>
  status === "blocked" || status === "faulted";

/** What the page can tell by itself while the server has not answered. */
const ownChains = (
  session: ReturnType<typeof useOpenSession>,
  { role, endpoints }: RoleView,
): Why["chains"] =>
  endpoints.filter(isStill).map((endpoint) => ({
    endpoint: endpoint.endpoint,
    links: waitChain(session.data.view, session.data.entries, role, endpoint).map(
      ({ text, role: named, edge, seq }): Link => ({
        kind: "waits",
        role: named,
        endpoint: "",
        text,
        edgeId: edge ?? null,
        seq: seq ?? null,
        index: null,
      }),
    ),
  }));

const LinkLine = ({ link }: { readonly link: Link }) => {
  const { seq, index, edgeId, role } = link;
  const select = (): void => selectHappening({ seq, index, edgeId, role });
  return (
    <li className={`why-${link.kind}`}>
      <button type="button" className="link" onClick={select}>
        {link.text}
        {seq === null ? "" : ` (#${seq})`}
      </button>
    </li>
  );
};

const RoleWhy = ({ role, atOnce }: { readonly role: RoleView; readonly atOnce: boolean }) => {
  const session = useOpenSession();
  const { id, view } = session.data;
  const [open, setOpen] = useState(atOnce);
  const query = useQuery({
    queryKey: [...keys.session(id, view.at), "why", role.role],
    queryFn: () => api.sessions.why(id, role.role, view.at),
    enabled: open,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const chains = query.data?.chains ?? ownChains(session, role);
  const faulted = role.endpoints.some(({ status }) => status === "faulted");
  return (
    <div className="why" data-role={role.role}>
      <h3>
        Why does <RoleName role={role.role} /> {faulted ? "not run" : "wait"}?
      </h3>
      {open ? (
        chains.map(({ endpoint, links }) => (
          <ol
            key={endpoint}
            aria-label={`Why ${role.role}${endpoint === "" ? "" : ` (${endpoint})`} stands still`}
          >
            {links.map((link) => (
              <LinkLine key={`${link.kind} ${link.text} ${link.seq} ${link.index}`} link={link} />
            ))}
          </ol>
        ))
      ) : (
        <div className="act-row pad">
          <Button small onClick={() => setOpen(true)}>
            Tell
          </Button>
        </div>
      )}
    </div>
  );
};

/** For every role that stands still: what it waits for, and what that waits for, down to events and inputs. */
export const WhyPanel = () => {
  const { data } = useOpenSession();
  const { view } = data;
  const still = view.roles.filter(({ endpoints }) => endpoints.some(isStill));
  return (
    <section aria-label="Why" className="detail">
      {still.slice(0, LISTED).map((role, index) => (
        <RoleWhy key={role.role} role={role} atOnce={index < ASKED} />
      ))}
      {still.length > LISTED ? (
        <p className="quiet-note">and {still.length - LISTED} more like these</p>
      ) : null}
      {still.length === 0 ? (
        <p className="quiet-note">
          {view.status === "active" ? "Nobody waits: every role can go on." : "Nobody waits any more."}
        </p>
      ) : null}
    </section>
  );
};
