import { Link } from "@tanstack/react-router";
import { EmptyState } from "../ui/states.tsx";

export const NotFound = () => (
  <EmptyState
    title="There is no such page"
    actions={
      <Link className="btn" to="/">
        Home
      </Link>
    }
  >
    The address may be mistyped, or belong to a studio with other data.
  </EmptyState>
);
