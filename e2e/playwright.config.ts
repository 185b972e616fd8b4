import { defineConfig } from "@playwright/test";
import type { EngineName } from "./engines/engine-browser.ts";
import type { Protocol } from "./protocol.ts";

/** The protocols of the switch in the header, each a project that runs the same tests. */
const protocols = ["grpc-web", "connect", "connect-json", "websocket"] as const satisfies Protocol[];

const isCi = process.env.CI === "true";
const executablePath = process.env.BROWSER_PATH;

/** The engines beside Chromium, each a project of its own; their tests are skipped where they are not installed. */
const engines = ["firefox", "webkit"] as const satisfies EngineName[];

export default defineConfig<object, { protocol: Protocol; engine: EngineName }>({
  testDir: "tests",
  outputDir: "../node_modules/.cache/triptych/e2e",
  fullyParallel: true,
  workers: 2,
  forbidOnly: isCi,
  // What passes the second time is named as flaky by `npm test`.
  retries: isCi ? 1 : 0,
  // 0 is none, for who stops at a breakpoint.
  timeout: Number(process.env.TEST_TIMEOUT ?? 90_000),
  expect: { timeout: 15_000 },
  use: {
    // None where nobody can look at it. Without the film, which costs more than the tests where the browser draws without a graphics card.
    trace: { mode: isCi ? "off" : "retain-on-failure", screenshots: false },
    launchOptions: {
      ...(executablePath === undefined ? {} : { executablePath }),
      // Chromium's own calls home find no network on a test machine, and its sandbox no user but root.
      args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    },
  },
  projects: [
    ...protocols.map((protocol) => ({
      name: protocol,
      testMatch: "each-protocol/*.spec.ts",
      use: { protocol },
    })),
    { name: "once", testMatch: "once/*.spec.ts" },
    ...engines.map((engine) => ({ name: engine, testMatch: "engines/*.spec.ts", use: { engine } })),
  ],
});
