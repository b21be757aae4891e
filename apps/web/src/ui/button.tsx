import type { ComponentPropsWithRef } from "react";
import { Icon, type IconName } from "./icon.tsx";
import "./ui.css";

interface ButtonProps extends ComponentPropsWithRef<"button"> {
  readonly variant?: "primary" | "quiet" | "danger" | undefined;
  readonly small?: boolean;
  readonly icon?: IconName;
}

/** A button; with an icon alone it needs an `aria-label`. */
export const Button = ({ variant, small, icon, className, children, ...rest }: ButtonProps) => {
  const classes = ["btn", variant, small && "small", !children && "icon", className]
    .filter(Boolean)
    .join(" ");
  return (
    <button type="button" className={classes} title={children ? undefined : rest["aria-label"]} {...rest}>
      {icon ? <Icon name={icon} size={small ? 14 : 16} /> : null}
      {children}
    </button>
  );
};
