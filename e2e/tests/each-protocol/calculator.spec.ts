import { expect } from "@playwright/test";
import { test } from "../../fixtures.ts";

test.beforeEach(async ({ calculator }) => {
  await calculator.open();
});

test("an expression has its result while it is typed, and whether that is exact", async ({ calculator }) => {
  await calculator.type("0.1+0.2");
  await expect(calculator.result).toHaveText("= 0.3");
  await expect(calculator.exactness("exact")).toBeVisible();
  await calculator.type("sqrt(2)");
  await expect(calculator.result).toHaveText("≈ 1.414213562373095048801688724209698");
  await expect(calculator.exactness("rounded to 34 digits")).toBeVisible();
});

test("the steps come in one by one, and the result last", async ({ calculator }) => {
  await calculator.type("(1+2)*3^2");
  await calculator.enter();
  await expect(calculator.stepsStatus).toHaveText("done");
  await expect(calculator.steps.locator("mark")).toHaveText(["(1+2)", "3^2", "3*9"]);
  await expect(calculator.steps.getByRole("paragraph")).toHaveText("= 27");
});

test("a syntax error is a quiet sentence, and no result of another input stays", async ({ calculator, shell }) => {
  await calculator.type("2+3");
  await expect(calculator.result).toHaveText("= 5");
  await calculator.expression.pressSequentially("*");
  await expect(calculator.hint).toHaveText("Next comes a number, “(” or a function.");
  await expect(calculator.expression).toHaveAttribute("aria-invalid", "false");
  await calculator.expression.pressSequentially("*");
  await expect(calculator.hint).toHaveText("Expected a number, “(” or a function, but here is “*”.");
  await expect(calculator.expression).toHaveAttribute("aria-invalid", "true");
  await expect(calculator.result.getByText("= 5")).toHaveCount(0);
  await expect(shell.alerts).toHaveCount(0);
});

test("what has no value says why", async ({ calculator }) => {
  await calculator.type("1/0");
  await expect(calculator.hint).toContainText("must not divide by zero");
  await calculator.type("9^9^9^9");
  await expect(calculator.result).toContainText("OUT_OF_RANGE");
});

test("a kept result is there after a reload and can be used again", async ({ calculator, page }) => {
  await calculator.type("2^100");
  await calculator.enter();
  await expect(calculator.history.getByRole("listitem")).toHaveCount(1);
  await page.reload();
  await calculator.reuse("2^100");
  await expect(calculator.expression).toHaveValue("2^100");
  await expect(calculator.result).toHaveText("= 1267650600228229401496703205376");
});
