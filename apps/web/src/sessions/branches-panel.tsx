import { Link } from "@tanstack/react-router";
import { useOpenSession } from "./session-context.ts";
import { sessionLook } from "./status-words.ts";
import { useBranches } from "./use-branches.ts";

/** Where this session left its parent, and what was tried from it. */
export const BranchesPanel = () => {
  const { data } = useOpenSession();
  const { id, head } = data;
  const branches = useBranches(id);
  return (
    <section className="ses-side" aria-label="Branches">
      <h2>Branches</h2>
      {head.parent ? (
        <p className="branch-from">
          Left{" "}
          <Link to="/sessions/$id" params={{ id: head.parent.id }} search={{ at: head.parent.at }}>
            its parent at {head.parent.at}
          </Link>
        </p>
      ) : null}
      <ul className="plain">
        {branches.map(({ id: branch, title, parent, head: length, status }) => (
          <li key={branch} className="branch">
            <Link to="/sessions/$id" params={{ id: branch }}>
              {title}
            </Link>
            <span className="mono">
              {parent?.at} + {Math.max(0, length - (parent?.at ?? 0))}
            </span>
            <small>{sessionLook(status).word}</small>
          </li>
        ))}
      </ul>
      {branches.length === 0 && !head.parent ? (
        <p className="quiet-note">
          None yet. Go back and fork to try another way; this session stays as it is.
        </p>
      ) : null}
    </section>
  );
};
