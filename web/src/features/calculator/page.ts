import { IconMathFunction } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/calculator",
  label: "Calculator",
  place: 10,
  icon: IconMathFunction,
  hue: "lapis",
  load: async () => (await import("./calculator-page.tsx")).CalculatorPage,
};
