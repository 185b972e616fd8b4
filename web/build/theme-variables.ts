import { join } from "node:path";
import { MantineProvider } from "@mantine/core";
import { createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { cssVariablesResolver, theme } from "../src/theme/theme.ts";

/** The style sheet of the theme's variables. */
export const themeVariablesFile = join(import.meta.dirname, "..", "src", "theme", "theme-variables.css");

const HEADER =
  "/* What Mantine makes of theme.ts, beyond its own defaults. Written by `npm run theme`; not to be edited. */";

/**
 * The CSS variables that Mantine's own provider makes of our theme, as a style sheet: those that differ from Mantine's defaults.
 * @throws Error when that provider renders no style sheet.
 */
export function themeVariables(): string {
  const markup = renderToStaticMarkup(createElement(MantineProvider, { theme, cssVariablesResolver }));
  const css = /<style data-mantine-styles="true">([^<]*)<\/style>/.exec(markup)?.[1];
  if (css === undefined) throw new Error("Mantine's provider has rendered no variables");
  return `${HEADER}\n${css
    .replaceAll("{", " {\n  ")
    .replace(/;(?!\})/g, ";\n  ")
    .replaceAll("}", "\n}")}\n`;
}
