import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useMemo, useState } from "react";
import { api } from "../../api/api.ts";
import { keys } from "../../api/query-client.ts";
import { useTopic } from "../../live/live.ts";
import { Button } from "../../ui/button.tsx";
import { Modal } from "../../ui/modal.tsx";
import { useOpenSession } from "../session-context.ts";
import { type SessionAction, useActionsOfSession } from "../use-actions-of-session.ts";
import { useAddress } from "../use-address.ts";
import { toggleCosts } from "./cost-rows.ts";
import { categoryMeaning, markOf, markWords, pendingOf } from "./pending-of.ts";
import "./guards.css";

const categories = ["A", "B", "C"] as const;

/** What the session's protocol declares, and what that means as the session stands. */
const useCategory = () => {
  const { id, head } = useOpenSession().data;
  const context = `ctx:${id}`;
  useTopic(`context:${context}`);
  const protocol = useQuery({
    queryKey: keys.protocol(head.protocol.id),
    queryFn: () => api.protocols.get(head.protocol.id),
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
  const replicas = useQuery({
    queryKey: keys.context(context),
    queryFn: () => api.contexts.get(context),
    enabled: protocol?.category.declared === "A",
    retry: false,
  }).data;
  const declared = protocol?.category.declared ?? undefined;
  const view = declared && pendingOf(declared, head, replicas);
  return { protocol, declared, view, mark: view && markOf(view) };
};

/** Keys of what is shown of the guards. */
const useGuardActions = (): void => {
  const { id } = useOpenSession().data;
  const { set } = useAddress(id);
  useActionsOfSession(
    useMemo<readonly SessionAction[]>(
      () => [
        ["guards", "Show what the guards said", ["g u"], () => set({ side: "guards" })],
        ["costs", "Costs beside the messages of the diagram", ["g c"], toggleCosts],
      ],
      [set],
    ),
  );
};

/** The operation category of a session with what it shows while pending; pressed it says what that means. */
export const CategoryBadge = () => {
  const { head } = useOpenSession().data;
  const { protocol, declared, view, mark } = useCategory();
  const [open, setOpen] = useState(false);
  useGuardActions();
  if (!protocol) return null;
  const words = mark ? markWords[mark.mark] : "undeclared";
  return (
    <>
      <Button
        small
        variant="quiet"
        className={`category-badge ${mark?.mark ?? "undeclared"}`}
        aria-label={`Category ${declared ?? "undeclared"}${mark ? `: ${words}` : ""}. What does it mean?`}
        onClick={() => setOpen(true)}
      >
        {declared ?? "?"}
        <span className="wide-only"> · {words}</span>
      </Button>
      <Modal open={open} onClose={() => setOpen(false)} title="Operation category">
        <div className="modal-body">
          {declared === undefined ? (
            <p>
              {protocol.category.findings[0]?.text} <span className="mono">PAR7660</span>{" "}
              <Link to="/protocols/$id" params={{ id: head.protocol.id }}>
                Declare it on the protocol's page
              </Link>
            </p>
          ) : null}
          <dl className="category-list">
            {categories.map((one) => (
              <div key={one} aria-current={one === declared ? "true" : undefined}>
                <dt>{one}</dt>
                <dd>
                  {categoryMeaning[one]}
                  {one === declared && mark ? (
                    <p>
                      <b>This session: {words}.</b>{" "}
                      {mark.applied ? "Its effects hold." : "Its effects do not hold."}
                      {view?.category === "A" && view.status.propagation.kind === "Syncing"
                        ? ` ${view.status.propagation.reached} of ${view.status.propagation.known} replicas have all of it.`
                        : ""}
                    </p>
                  ) : null}
                </dd>
              </div>
            ))}
          </dl>
        </div>
      </Modal>
    </>
  );
};
