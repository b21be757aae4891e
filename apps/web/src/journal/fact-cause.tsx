import type { FactView } from "@parley/wire/http";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { api } from "../api/api.ts";

const LIMIT = 1_000;

const field = (payload: unknown, name: string): unknown =>
  typeof payload === "object" && payload !== null
    ? (payload as Readonly<Record<string, unknown>>)[name]
    : undefined;

/** The message whose send recorded the fact: the position in its session. */
const usePosition = (session: string | undefined, fact: string) =>
  useQuery({
    queryKey: ["session", session ?? "", "fact", fact],
    queryFn: async () => {
      const { items } = await api.guards.of(session ?? "", { limit: LIMIT });
      return items.find(({ facts }) => facts.some(({ id }) => id === fact))?.seq ?? null;
    },
    enabled: session !== undefined,
  });

/** What caused a fact: the message that recorded it, where it names one. */
export const FactCause = ({ fact }: { readonly fact: FactView }) => {
  const named = field(fact.payload, "session");
  const session = typeof named === "string" ? named : undefined;
  const { data } = usePosition(session, fact.id);
  if (session === undefined) return <>nothing it names</>;
  const role = field(fact.payload, "role");
  const label = field(fact.payload, "label");
  return (
    <>
      {typeof label === "string" && typeof role === "string" ? `${role} sent ${label}, ` : null}
      <Link to="/sessions/$id" params={{ id: session }} search={typeof data === "number" ? { at: data } : {}}>
        {session}
        {typeof data === "number" ? ` at ${data}` : ""}
      </Link>
    </>
  );
};
