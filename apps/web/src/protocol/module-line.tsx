import { Link } from "@tanstack/react-router";
import { Fragment } from "react";
import type { ModuleLinks } from "../editor/analysis.ts";
import type { OtherText } from "../editor/studio-files.ts";

interface ModuleLineProps {
  readonly links: ModuleLinks | undefined;
  readonly others: readonly OtherText[];
}

const ToProtocol = ({ other, text }: { readonly other: OtherText; readonly text: string }) => (
  <Link to="/protocols/$id" params={{ id: other.id }} title={`Open ${other.name}`}>
    {text}
  </Link>
);

const Listed = ({ words, others }: { readonly words: string; readonly others: readonly OtherText[] }) =>
  others.length === 0 ? null : (
    <span>
      {words}{" "}
      {others.map((other, at) => (
        <Fragment key={other.id}>
          {at === 0 ? "" : ", "}
          <ToProtocol other={other} text={other.name} />
        </Fragment>
      ))}
    </span>
  );

/** What the open text imports and what imports it, each a way there; nothing when it stands alone. */
export const ModuleLine = ({ links, others }: ModuleLineProps) => {
  if (!links) return null;
  const byUri = new Map(others.map((other) => [other.uri, other]));
  const users = links.usedBy.flatMap((uri) => byUri.get(uri) ?? []);
  const namesakes = links.namesakes.flatMap((uri) => byUri.get(uri) ?? []);
  if (links.imports.length + users.length + namesakes.length === 0) return null;
  return (
    <nav className="module-line" aria-label="Modules">
      {links.imports.length === 0 ? null : (
        <span>
          Imports{" "}
          {links.imports.map(({ module, uri, namesakes: more }, at) => {
            const other = uri === undefined ? undefined : byUri.get(uri);
            return (
              <Fragment key={module}>
                {at === 0 ? "" : ", "}
                {other ? <ToProtocol other={other} text={module} /> : <s title="No such module">{module}</s>}
                {more > 0 ? ` (the oldest of ${more + 1} of that name)` : ""}
              </Fragment>
            );
          })}
        </span>
      )}
      <Listed words="Used by" others={users} />
      <Listed words="An import means the oldest of this name; there is also" others={namesakes} />
    </nav>
  );
};
