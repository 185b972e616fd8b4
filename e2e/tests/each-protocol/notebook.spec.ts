import { expect } from "@playwright/test";
import { test } from "../../fixtures.ts";

test("lines know one another, stay exact, and each has its own result or error", async ({ notebook, page }) => {
  await notebook.open();
  await notebook.lines.pressSequentially("third = 1/3\nthird * 3\nans + 1/0\nthird + nothing");
  await expect(notebook.results).toHaveText([
    "≈ 0.3333333333333333333333333333333333",
    "= 1",
    "“/” must not divide by zero.",
    "“nothing” is not defined.",
  ]);
  await expect(notebook.currentLine).toHaveText("Line 4 “nothing” is not defined.");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await expect(notebook.currentLine).toHaveText("Line 2 = 1");
});

test("a function is drawn point by point", async ({ notebook }) => {
  await notebook.open("#notebook?text=a+%3D+2%0Af%28x%29+%3D+a%2Fx&from=-1&to=1");
  await expect(notebook.results).toHaveText(["= 2", "f is a function of x"]);
  await notebook.plot.getByRole("button", { name: "Plot", exact: true }).click();
  await expect(notebook.plotStatus).toHaveText("done");
  await expect(notebook.drawing(/^f\(x\): 200 points$/)).toBeVisible();
  await notebook.plot.getByRole("textbox", { name: "To x" }).fill("-2");
  await notebook.plot.getByRole("button", { name: "Plot", exact: true }).click();
  await expect(notebook.plot.getByText("This must be more than where the plot starts.")).toBeVisible();
});

test("a plot that is stopped stops, and keeps what has come", async ({ notebook }) => {
  await notebook.open("#notebook?text=f%28x%29+%3D+x");
  const button = notebook.plot.getByRole("button", { name: /^(Plot|Stop)$/ });
  await button.dblclick({ delay: 50 });
  await expect(notebook.plotStatus).toHaveText("stopped");
  await expect(notebook.drawing(/points/)).toBeVisible();
});

test("what is written is there after a reload, and a link of another does not take its place", async ({
  notebook,
  page,
}) => {
  await notebook.open();
  await notebook.lines.fill("own = 1");
  await expect(notebook.results).toHaveText(["= 1"]);
  await expect.poll(() => page.evaluate(() => localStorage.getItem("triptych-notebook"))).toContain("own");
  await notebook.open("#notebook?text=theirs+%3D+2");
  await expect(notebook.lines).toHaveValue("theirs = 2");
  await notebook.lines.press("End");
  await notebook.lines.pressSequentially("0");
  await expect.poll(() => page.url()).toContain("theirs+%3D+20");
  await page.reload();
  await expect(notebook.results).toHaveText(["= 20"]);
  await page.getByRole("link", { name: "One expression" }).click();
  await page.getByRole("link", { name: "Notebook" }).click();
  await expect(notebook.lines).toHaveValue("own = 1");
});

test("too many lines are one sentence", async ({ notebook, shell }) => {
  await notebook.open();
  await notebook.lines.fill("1\n".repeat(200));
  await expect(shell.alerts).toContainText("A notebook must be at most 200 lines, not 201.");
  await notebook.lines.fill("1");
  await expect(notebook.results).toHaveText(["= 1"]);
  await expect(shell.alerts).toHaveCount(0);
});
