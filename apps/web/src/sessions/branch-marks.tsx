import { Link } from "@tanstack/react-router";
import { useOpenSession } from "./session-context.ts";
import { useBranches } from "./use-branches.ts";

/** Where branches left this session, on the timeline. */
export const BranchMarks = () => {
  const { data } = useOpenSession();
  const branches = useBranches(data.id);
  if (branches.length === 0) return null;
  const head = Math.max(1, data.place.head);
  return (
    <ul className="plain marks" aria-label="Branches on the timeline">
      {branches.map(({ id, title, parent }) => (
        <li key={id} style={{ insetInlineStart: `${(100 * (parent?.at ?? 0)) / head}%` }}>
          <Link
            to="/sessions/$id"
            params={{ id }}
            title={title}
            aria-label={`${title}, branch at ${parent?.at}`}
          >
            ⑂
          </Link>
        </li>
      ))}
    </ul>
  );
};
