import type { ReactNode } from "react";
import { Icon, type IconName } from "./icon.tsx";
import "./ui.css";

interface ChipProps {
  readonly tone?: "ok" | "warn" | "bad";
  readonly icon?: IconName;
  readonly children: ReactNode;
  readonly title?: string;
}

/** A status: icon, word and hue, never hue alone. */
export const Chip = ({ tone, icon, children, title }: ChipProps) => (
  <span className={tone ? `chip ${tone}` : "chip"} title={title}>
    {icon ? <Icon name={icon} size={12} /> : null}
    {children}
  </span>
);
