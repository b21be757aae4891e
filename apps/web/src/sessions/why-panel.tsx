import { useSelection } from "../selection/selection.ts";
import { RoleName } from "./role-name.tsx";
import { useOpenSession } from "./session-context.ts";
import { type WaitLink, waitChain } from "./wait-chain.ts";

/** Chains shown at once; a family of thousands waits for the same thing. */
const SHOWN = 40;

const select = ({ edge, seq, role }: WaitLink): void =>
  useSelection.getState().select({
    role,
    ...(edge === undefined ? {} : { edge }),
    ...(seq === undefined ? {} : { seq }),
  });

/** For every endpoint that stands still: what it waits for, and what that waits for, down to the cause. */
export const WhyPanel = () => {
  const { data } = useOpenSession();
  const { view, entries } = data;
  const still = view.roles.flatMap(({ role, endpoints }) =>
    endpoints
      .filter(({ status }) => status === "blocked" || status === "faulted")
      .map((endpoint) => ({ role, endpoint })),
  );
  return (
    <section aria-label="Why" className="detail">
      {still.slice(0, SHOWN).map(({ role, endpoint }) => (
        <div key={endpoint.coroutine} className="why">
          <h3>
            Why does <RoleName role={role} /> {endpoint.status === "faulted" ? "not run" : "wait"}?
          </h3>
          <ol>
            {waitChain(view, entries, role, endpoint).map((link) => (
              <li key={link.text}>
                <button type="button" className="link" onClick={() => select(link)}>
                  {link.text}
                </button>
              </li>
            ))}
          </ol>
        </div>
      ))}
      {still.length > SHOWN ? <p className="quiet-note">and {still.length - SHOWN} more like these</p> : null}
      {still.length === 0 ? (
        <p className="quiet-note">
          {view.status === "active" ? "Nobody waits: every role can go on." : "Nobody waits any more."}
        </p>
      ) : null}
    </section>
  );
};
