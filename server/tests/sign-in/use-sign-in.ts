import { PageClient } from "@triptych/testkit/sign-in/page-client.ts";
import { type SignInProvider, startSignInProvider } from "@triptych/testkit/sign-in/start-provider.ts";
import { afterAll, beforeAll } from "vitest";
import { type StartedServer, startServer } from "../../src/testing/start-server.ts";

/** Where browsers see the pages of the servers of these tests: something in front encrypts. */
export const ORIGIN = "https://books.example";

/** A provider, and a server whose people sign in at it. */
export interface SignInUnderTest {
  readonly provider: SignInProvider;
  readonly server: StartedServer;
  /** A browser that has no cookies yet. */
  openBrowser(): PageClient;
}

/** Starts both before the tests of a file and stops them after them; the tokens are valid for so many seconds. */
export function useSignIn(tokenSeconds = 600): SignInUnderTest {
  let started: Pick<SignInUnderTest, "provider" | "server"> | undefined;
  const running = () => {
    if (started === undefined) throw new Error("the server runs only while the tests do");
    return started;
  };

  beforeAll(async () => {
    const provider = await startSignInProvider(ORIGIN, tokenSeconds);
    started = { provider, server: await startServer(provider.settings) };
  });

  afterAll(async () => {
    const { provider, server } = running();
    // The server keeps its connection to the provider for its next question.
    await provider.stop();
    await server.close();
  });

  return {
    get provider() {
      return running().provider;
    },
    get server() {
      return running().server;
    },
    openBrowser: () => new PageClient(running().server.baseUrl, ORIGIN),
  };
}
