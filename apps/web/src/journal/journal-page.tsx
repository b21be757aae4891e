import { useNavigate, useSearch } from "@tanstack/react-router";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { Tabs } from "../ui/tabs.tsx";
import "../authorities/authorities.css";
import { ContextsTab } from "./contexts-tab.tsx";
import { FactTypesTab } from "./fact-types-tab.tsx";
import "./journal.css";
import { RefusalsTab } from "./refusals-tab.tsx";

const crumbs = [{ label: "Journal" }];

const tabs = [
  { id: "contexts", label: "Contexts" },
  { id: "types", label: "Fact types" },
  { id: "refused", label: "Refused" },
] as const;

/** The journals of the workspace: contexts with their facts, the registry of types, what was refused. */
export const JournalPage = () => {
  useBreadcrumbs(crumbs);
  const search = useSearch({ from: "/journal" });
  const navigate = useNavigate();
  const tab = tabs.find(({ id }) => id === search.tab)?.id ?? "contexts";
  return (
    <div className="page auth-page">
      <h1>Journal</h1>
      <p className="lead">
        What happens becomes facts. Each member of a context keeps a replica of them; replicas that hold the
        same facts have the same root, in whatever order they came.
      </p>
      <Tabs
        label="Parts of the journal"
        tabs={tabs}
        active={tab}
        onChange={(next) => void navigate({ to: "/journal", search: { tab: next } })}
        panel="journal-part"
      />
      <div id="journal-part" role="tabpanel" aria-label={tab} className="auth-part">
        {tab === "contexts" ? <ContextsTab /> : tab === "types" ? <FactTypesTab /> : <RefusalsTab />}
      </div>
    </div>
  );
};
