import { useNavigate, useSearch } from "@tanstack/react-router";
import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { Tabs } from "../ui/tabs.tsx";
import "../authorities/authorities.css";
import "./admission.css";
import { MatrixTab } from "./matrix-tab.tsx";
import { PacksTab } from "./packs-tab.tsx";
import { RuntimesTab } from "./runtimes-tab.tsx";
import { TaxonomyTab } from "./taxonomy-tab.tsx";

const crumbs = [{ label: "Admission" }];

const tabs = [
  { id: "taxonomy", label: "Taxonomy" },
  { id: "packs", label: "Packs" },
  { id: "runtimes", label: "Runtimes" },
  { id: "matrix", label: "Matrix" },
] as const;

type TabId = (typeof tabs)[number]["id"];

const Part = ({ tab }: { readonly tab: TabId }) => {
  switch (tab) {
    case "taxonomy":
      return <TaxonomyTab />;
    case "packs":
      return <PacksTab />;
    case "runtimes":
      return <RuntimesTab />;
    case "matrix":
      return <MatrixTab />;
  }
};

/** What lets a session open: who asks for which pack, what a runtime can do, what it would refuse. */
export const AdmissionPage = () => {
  useBreadcrumbs(crumbs);
  const search = useSearch({ from: "/admission" });
  const navigate = useNavigate();
  const tab = tabs.find(({ id }) => id === search.tab)?.id ?? "taxonomy";
  return (
    <div className="page auth-page">
      <h1>Admission</h1>
      <p className="lead">
        A session is opened on a runtime that can keep what its protocol requires, or not at all: everything
        that is not known to be there counts as missing, and nothing has happened yet when it is refused.
      </p>
      <Tabs
        label="Parts of the admission"
        tabs={tabs}
        active={tab}
        onChange={(next) => void navigate({ to: "/admission", search: { tab: next } })}
        panel="admission-part"
      />
      <div id="admission-part" role="tabpanel" aria-label={tab} className="auth-part">
        <Part tab={tab} />
      </div>
    </div>
  );
};
