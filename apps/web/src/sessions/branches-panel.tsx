import { Link } from "@tanstack/react-router";
import { BranchPicture } from "./debug/branch-picture.tsx";
import { WhatIf } from "./debug/what-if.tsx";
import { useOpenSession } from "./session-context.ts";
import { sessionLook } from "./status-words.ts";
import { useBranches } from "./use-branches.ts";

/** Shows the open session beside another one. */
const CompareLink = ({
  id,
  other,
  name,
}: {
  readonly id: string;
  readonly other: string;
  readonly name: string;
}) => (
  <Link
    to="/sessions/$id"
    params={{ id }}
    search={(before) => ({ ...before, tab: "compare", with: other })}
    aria-label={`Compare with ${name}`}
  >
    Compare
  </Link>
);

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
          {" · "}
          <CompareLink id={id} other={head.parent.id} name="its parent" />
        </p>
      ) : null}
      <BranchPicture />
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
            <CompareLink id={id} other={branch} name={title} />
          </li>
        ))}
      </ul>
      {branches.length === 0 && !head.parent ? (
        <p className="quiet-note">
          None yet. Go back and fork to try another way; this session stays as it is.
        </p>
      ) : null}
      <WhatIf />
    </section>
  );
};
