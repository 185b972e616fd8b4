import { IconMathFunction } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/calculator",
  label: "Calculator",
  place: 10,
  icon: IconMathFunction,
  hue: "lapis",
  header: {
    title: "Calculator",
    lede: "Exact while it can be, and honest about it where it cannot.",
    // On a narrow screen the keys are what people need in view.
    wideLede: true,
  },
  load: async () => (await import("./calculator-page.tsx")).CalculatorPage,
};
