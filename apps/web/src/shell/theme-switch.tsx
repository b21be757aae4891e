import { type ThemeChoice, useTheme } from "../theme/theme.ts";
import { Button } from "../ui/button.tsx";
import type { IconName } from "../ui/icon.tsx";

const order: readonly ThemeChoice[] = ["system", "light", "dark"];
const icons: Record<ThemeChoice, IconName> = { system: "system", light: "sun", dark: "moon" };

export const nextTheme = (): void => {
  const { choice, choose } = useTheme.getState();
  choose(order[(order.indexOf(choice) + 1) % order.length] ?? "system");
};

/** Cycles system, light, dark. */
export const ThemeSwitch = () => {
  const choice = useTheme((state) => state.choice);
  return <Button variant="quiet" icon={icons[choice]} aria-label={`Theme: ${choice}`} onClick={nextTheme} />;
};
