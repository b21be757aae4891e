import { roleColour } from "../diagram/role-colour.ts";
import { useOpenSession } from "./session-context.ts";

/** A role by name and hue. */
export const RoleName = ({ role }: { readonly role: string }) => {
  const { ordinals } = useOpenSession();
  return <b style={{ color: roleColour(ordinals.get(role) ?? 0) }}>{role}</b>;
};
