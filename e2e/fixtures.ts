import type { DescService } from "@bufbuild/protobuf";
import { type Client, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { test as base, expect } from "@playwright/test";
import { sessionManager } from "@triptych/testkit/clients/session-manager.ts";
import { collectProblems, type PageProblems } from "./page-problems.ts";
import { BooksPage } from "./pages/books-page.ts";
import { CalculatorPage } from "./pages/calculator-page.ts";
import { ExplorerPage } from "./pages/explorer-page.ts";
import { GreeterPage } from "./pages/greeter-page.ts";
import { NotebookPage } from "./pages/notebook-page.ts";
import { Shell } from "./pages/shell.ts";
import { StreamsPage } from "./pages/streams-page.ts";
import { WirePanel } from "./pages/wire-panel.ts";
import type { Protocol } from "./protocol.ts";
import { type RestartableServer, withServer } from "./server.ts";

interface TestFixtures {
  /** The server that the page under test talks to: one that the tests of a worker share, one after the other. */
  server: RestartableServer;
  /** A native gRPC client of that server, on a connection of its own. */
  native: <S extends DescService>(service: S) => Client<S>;
  /** What goes wrong in the page. A fault fails the test at its end. */
  problems: PageProblems;
  shell: Shell;
  calculator: CalculatorPage;
  notebook: NotebookPage;
  greeter: GreeterPage;
  books: BooksPage;
  streams: StreamsPage;
  explorer: ExplorerPage;
  wire: WirePanel;
}

interface WorkerFixtures {
  protocol: Protocol;
  workerServer: RestartableServer;
}

/** Playwright's test with the real server beside it, a native client of it, and the pages. */
export const test = base.extend<TestFixtures, WorkerFixtures>({
  protocol: ["grpc-web", { option: true, scope: "worker" }],
  workerServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted: none
    async ({}, use) => {
      await withServer(use, { SHOW_OPERATIONS: "yes" });
    },
    { scope: "worker" },
  ],
  server: async ({ workerServer }, use) => {
    await use(workerServer);
  },
  baseURL: async ({ server }, use) => {
    await use(server.baseUrl);
  },
  native: async ({ server }, use) => {
    await use((service) =>
      createClient(
        service,
        createGrpcTransport({ baseUrl: server.baseUrl, sessionManager: sessionManager(server.baseUrl) }),
      ),
    );
  },
  problems: [
    async ({ page }, use) => {
      const problems = collectProblems(page);
      await use(problems);
      expect(problems.faults()).toEqual([]);
    },
    { auto: true },
  ],
  shell: async ({ page }, use) => {
    await use(new Shell(page));
  },
  calculator: async ({ page, protocol }, use) => {
    await use(new CalculatorPage(page, protocol));
  },
  notebook: async ({ page, protocol }, use) => {
    await use(new NotebookPage(page, protocol));
  },
  greeter: async ({ page, protocol }, use) => {
    await use(new GreeterPage(page, protocol));
  },
  books: async ({ page, protocol }, use) => {
    await use(new BooksPage(page, protocol));
  },
  streams: async ({ page }, use) => {
    await use(new StreamsPage(page));
  },
  explorer: async ({ page }, use) => {
    await use(new ExplorerPage(page));
  },
  wire: async ({ page }, use) => {
    await use(new WirePanel(page));
  },
});

/** For `test.use({ server: ownServer })`: a server that no other test uses, for tests that kill it. */
// biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted: none
export async function ownServer({}: object, use: (server: RestartableServer) => Promise<void>): Promise<void> {
  await withServer(use);
}

/** For `test.use({ server: encryptedServer, ignoreHTTPSErrors: true })`: one that speaks TLS, with a certificate that nobody knows. */
// biome-ignore lint/correctness/noEmptyPattern: as above
export async function encryptedServer({}: object, use: (server: RestartableServer) => Promise<void>): Promise<void> {
  await withServer(use, { TLS: "self-signed" });
}
