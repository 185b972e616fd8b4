import { expect } from "@playwright/test";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { test } from "../../fixtures.ts";
import { withServer } from "../../server.ts";

/** As many as the page needs at once. */
const CALLS_AT_ONCE = 4;

test.use({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted: none
  server: async ({}, use) => {
    await withServer(use, { MAX_CALLS_PER_CALLER: String(CALLS_AT_ONCE) });
  },
});

test("the page says that the server is busy, and goes on by itself", async ({ page, native, greeter }) => {
  const { watchGreetings } = native(GreeterService);
  // From the address of the page: together they have all that one caller may have.
  const streams = Array.from({ length: CALLS_AT_ONCE }, () => openStream((options) => watchGreetings({}, options)));
  await Promise.all(streams.map((stream) => stream.next()));
  await greeter.open();
  const notices = page.getByRole("region", { name: "Notices" });
  await expect(notices).toContainText(/The server is busy\. Trying again in [12] s\./);
  for (const stream of streams) await stream[Symbol.asyncDispose]();
  await greeter.chooseLanguage("German");
  await expect(notices).toBeEmpty();
});
