import {
  type MantineColorSchemeManager,
  MantineContext,
  MantineThemeProvider,
  useProviderColorScheme,
} from "@mantine/core";
import type { ReactNode } from "react";
import { theme } from "./theme.ts";

/** What the theme needs from outside. */
export interface ThemeProviderProps {
  /** What keeps the colour scheme that a person has chosen. Until they do, it is that of the system. */
  readonly colorSchemeManager: MantineColorSchemeManager;
  /** `test` where components are tested: what opens or closes does so at once. */
  readonly env?: "default" | "test";
  readonly children: ReactNode;
}

/**
 * Gives Mantine's components our theme, and the document the colour scheme. It stands in for `MantineProvider`, whose code also computes the CSS
 * variables of the theme at each start: ours are in a style sheet, `theme-variables.css`.
 */
export function ThemeProvider({ colorSchemeManager, env = "default", children }: ThemeProviderProps) {
  const colorScheme = useProviderColorScheme({
    manager: colorSchemeManager,
    defaultColorScheme: "auto",
    getRootElement,
    forceColorScheme: undefined,
  });
  return (
    <MantineContext
      value={{
        ...colorScheme,
        getRootElement,
        classNamesPrefix: "mantine",
        cssVariablesSelector: ":root",
        withStaticClasses: true,
        env,
      }}
    >
      <MantineThemeProvider theme={theme}>{children}</MantineThemeProvider>
    </MantineContext>
  );
}

const getRootElement = () => document.documentElement;
