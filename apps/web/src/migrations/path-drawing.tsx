import type { MigrationSubject } from "@parley/wire/http";

const stateWords = { recorded: "recorded", next: "next", waiting: "later" } as const;

/** The versions of a schema from the first to the latest, with the steps between them. */
export const PathDrawing = ({ steps, version }: Pick<MigrationSubject, "steps" | "version">) => {
  const [first] = steps;
  if (first === undefined) return null;
  const node = (at: number) => (
    <span
      className={at === version ? "mig-node here" : "mig-node"}
      aria-current={at === version ? "step" : undefined}
    >
      <b>{at}</b>
      <small>{at === version ? "facts are read here" : `version ${at}`}</small>
    </span>
  );
  return (
    <ol className="mig-path" aria-label="Path of versions">
      <li>{node(first.from)}</li>
      {steps.map(({ name, says, to, state }) => (
        <li key={name}>
          <span className={`mig-step ${state}`}>
            <b>{name}</b>
            <span>{says}</span>
            <small>{stateWords[state]}</small>
          </span>
          {node(to)}
        </li>
      ))}
    </ol>
  );
};
