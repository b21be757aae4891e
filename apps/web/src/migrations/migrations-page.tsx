import { useBreadcrumbs } from "../shell/top-bar.tsx";
import { EmptyState, ErrorState, LoadingState } from "../ui/states.tsx";
import "../authorities/authorities.css";
import "../ui/problem-note.css";
import { useMigrations } from "./migration-data.ts";
import { MigrationSection } from "./migration-section.tsx";
import "./migrations.css";

const crumbs = [{ label: "Migrations" }];

const Body = () => {
  const { data, error, refetch } = useMigrations();
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (data === undefined) return <LoadingState what="migrations" />;
  if (data.items.length === 0)
    return <EmptyState title="Nothing to migrate">No kind of fact has another version.</EmptyState>;
  return data.items.map((subject) => (
    <MigrationSection key={subject.subject} subject={subject} demos={data.demos} />
  ));
};

/** Which facts have a later schema, what reading them by it would change, and what was run. */
export const MigrationsPage = () => {
  useBreadcrumbs(crumbs);
  return (
    <div className="page auth-page">
      <h1>Migrations</h1>
      <p className="lead">
        Facts are never rewritten. A migration records how facts of an earlier schema are read from then on;
        each step is journaled, runs at most once, and one that fails leaves everything as it was.
      </p>
      <Body />
    </div>
  );
};
