import { type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { IconDeviceDesktop, IconMoon, IconSun, type TablerIcon } from "@tabler/icons-react";
import classes from "./icon-button.module.css";

const schemes: Readonly<Record<MantineColorScheme, { next: MantineColorScheme; label: string; Icon: TablerIcon }>> = {
  auto: { next: "light", label: "as the system", Icon: IconDeviceDesktop },
  light: { next: "dark", label: "light", Icon: IconSun },
  dark: { next: "auto", label: "dark", Icon: IconMoon },
};

/** Goes through the colour schemes: as the system, light, dark. The choice is kept in the browser. */
export function ColorSchemeButton() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const { next, label, Icon } = schemes[colorScheme];
  const description = `Colour scheme: ${label}. Change to ${schemes[next].label}`;
  return (
    <button
      type="button"
      className={classes.button}
      aria-label={description}
      title={description}
      onClick={() => setColorScheme(next)}
    >
      <Icon aria-hidden size={18} stroke={1.75} />
    </button>
  );
}
