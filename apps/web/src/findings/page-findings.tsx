import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../api/api.ts";
import { keys } from "../api/query-client.ts";
import { ErrorState, LoadingState } from "../ui/states.tsx";

/** What protocols do not say of themselves: the operation category of each that declares none, or a wrong one. */
export const PageFindings = () => {
  const { data, error, refetch } = useQuery({
    queryKey: [...keys.protocols, "findings"],
    queryFn: () => api.protocols.list(),
  });
  if (error) return <ErrorState error={error} retry={() => void refetch()} />;
  if (!data) return <LoadingState what="the protocols" />;
  const found = data.items.flatMap(({ id, name, category }) =>
    category.findings.map(({ code, text }) => ({ id, name, code, text })),
  );
  return (
    <section aria-label="Findings about protocols" className="page-findings">
      <h2>About protocols</h2>
      {found.length === 0 ? (
        <p>Every protocol declares its operation category.</p>
      ) : (
        <ul>
          {found.map(({ id, name, code, text }) => (
            <li key={`${id} ${code}`}>
              <span className="mono">{code}</span>{" "}
              <Link to="/protocols/$id" params={{ id }}>
                {name}
              </Link>
              : {text}
            </li>
          ))}
        </ul>
      )}
    </section>
  );
};
