import { expect, test } from "@playwright/test";
import { copyCheckout } from "@triptych/testkit/checkout/copied-checkout.ts";

test("the browser tests of a service that `npm run new-service` has made pass, over every protocol", async () => {
  test.setTimeout(420_000);
  const checkout = await copyCheckout();
  try {
    const made = await checkout.run("node scripts/new-service.mjs guest-book");
    expect(made.status, made.stderr).toBe(0);
    const { BROWSER_PATH, CI } = process.env;
    const tested = await checkout.run("node scripts/test.mjs e2e/tests/each-protocol/guest-book.spec.ts", {
      BROWSER_PATH,
      CI,
    });
    expect(tested.status, `${tested.stdout}${tested.stderr}`).toBe(0);
    expect(tested.stdout).toContain("8 passed, 0 failed");
  } finally {
    await checkout.remove();
  }
});
