import type { SessionSummary } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import { api } from "../../api/api.ts";
import { keys } from "../../api/query-client.ts";
import { useOpenSession } from "../session-context.ts";
import { type BranchNode, branchTree } from "./branch-tree.ts";

const LINE = 26;
const WIDTH = 190;
const MARGIN = 8;

/** The family of the open session: its first ancestor and every branch of that. */
export const useFamily = (): readonly BranchNode[] => {
  const { data } = useOpenSession();
  const { id, head } = data;
  const { data: all } = useQuery({
    // Under the key of the list: whatever changes that, a new branch too, changes this.
    queryKey: [...keys.sessions, "family", head.protocol.id],
    queryFn: () => api.sessions.list(`?protocol=${encodeURIComponent(head.protocol.id)}`),
    select: ({ items }) => items,
  });
  return useMemo(() => branchTree(all ?? [], id), [all, id]);
};

const words = ({ title, parent, head }: SessionSummary): string =>
  parent ? `${title}: left at ${parent.at}, is at ${head}` : `${title}: is at ${head}`;

/** Every branch as a line from where it left its parent to where it is. */
export const BranchPicture = () => {
  const { data } = useOpenSession();
  const nodes = useFamily();
  if (nodes.length < 2) return null;
  const longest = Math.max(1, ...nodes.map(({ end }) => end));
  const x = (at: number): number => MARGIN + (at / longest) * (WIDTH - 2 * MARGIN);
  const y = (line: number): number => line * LINE + LINE / 2;
  return (
    <div className="branch-picture">
      <svg viewBox={`0 0 ${WIDTH} ${nodes.length * LINE}`} aria-hidden="true">
        {nodes.map(({ session, line, from, start, end }) => (
          <g key={session.id} className={session.id === data.id ? "own" : undefined}>
            {from === undefined ? null : <path d={`M${x(start)} ${y(from)}V${y(line)}`} />}
            <path d={`M${x(start)} ${y(line)}H${Math.max(x(end), x(start) + 3)}`} />
            <circle cx={x(start)} cy={y(from ?? line)} r={2.5} />
            <circle cx={Math.max(x(end), x(start) + 3)} cy={y(line)} r={3.5} className="end" />
          </g>
        ))}
        {nodes.map(({ session, line }) =>
          session.id === data.id ? (
            <path key="here" className="here" d={`M${x(data.view.at)} ${y(line) - 8}v16`} />
          ) : null,
        )}
      </svg>
      <ol className="plain" aria-label="Tree of branches">
        {nodes.map(({ session }) => (
          <li key={session.id} style={{ height: LINE }}>
            <Link
              to="/sessions/$id"
              params={{ id: session.id }}
              title={words(session)}
              aria-current={session.id === data.id ? "page" : undefined}
            >
              <span className="visually-hidden">{session.title}: </span>
              <span className="mono">
                {session.parent ? `${session.parent.at} → ${session.head}` : session.head}
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </div>
  );
};
