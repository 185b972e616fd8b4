import type { AppView } from "../app-view.ts";

/** The views of the page calculator. */
export const views: readonly AppView[] = [
  // First: from the page without a hash, a browser would not load it again.
  {
    name: "notebook",
    path: "/calculator#notebook",
    arrived: (page) => page.getByRole("textbox", { name: "Lines" }).waitFor(),
    async settled(page) {
      await page.getByRole("textbox", { name: "Lines" }).fill("f(x) = 1/x\n500! * 1000!\nnothing + 1");
      await page.getByRole("status", { name: "Current line" }).getByText("is not defined").waitFor();
      await page.getByRole("button", { name: "Plot", exact: true }).click();
      await page.getByRole("status", { name: "Plot status" }).getByText("done").waitFor();
      await page.getByText("The points as a table").click();
    },
  },
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
