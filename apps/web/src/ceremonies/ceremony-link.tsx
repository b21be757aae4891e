import type { SessionView } from "@parley/wire/http";
import { Link } from "@tanstack/react-router";
import { stateWords } from "./ceremony-words.ts";

/** From a session to the ceremony it runs for. */
export const CeremonyLink = ({ ceremony }: { readonly ceremony: SessionView["ceremony"] }) =>
  ceremony === undefined ? null : (
    <Link to="/ceremonies/$id" params={{ id: ceremony.id }} className="btn small wide-only">
      Ceremony: {stateWords[ceremony.state].label}
    </Link>
  );
