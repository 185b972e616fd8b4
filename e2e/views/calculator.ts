import type { AppView } from "../app-view.ts";

/** The views of the page calculator. */
export const views: readonly AppView[] = [
  {
    name: "calculator",
    path: "/calculator",
    arrived: (page) => page.getByRole("toolbar", { name: "Keypad" }).waitFor(),
    async settled(page) {
      const expression = page.getByRole("textbox", { name: "Expression" });
      await expression.fill("1000! / 998! + sqrt(2)^3");
      await expression.press("Enter");
      await page.getByRole("status", { name: "Steps status" }).getByText("done").waitFor();
      await page.getByRole("region", { name: "History" }).getByRole("listitem").first().waitFor();
      await expression.fill("500! + ".repeat(40));
      await page.getByRole("status", { name: "Hint" }).getByText("Next comes").waitFor();
    },
  },
];
