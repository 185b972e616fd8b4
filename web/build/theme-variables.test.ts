import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import template from "../index.html?raw";
import { theme } from "../src/theme/theme.ts";
import { themeVariables, themeVariablesFile } from "./theme-variables.ts";

it("the style sheet of the theme is what Mantine makes of it: `npm run theme`", () => {
  expect(readFileSync(themeVariablesFile, "utf8")).toBe(themeVariables());
});

it("Mantine's style sheets respect a wish for less motion where the theme has its components do so", () => {
  expect(template.includes("data-respect-reduced-motion")).toBe(theme.respectReducedMotion);
});
