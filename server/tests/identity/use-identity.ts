import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { AUDIENCE, type Issuer, startIssuer } from "@triptych/testkit/sign-in/issuer.ts";
import { afterAll, beforeAll, vi } from "vitest";
import { manageApiKeys } from "../../src/manage-api-keys.ts";
import type { ServerDependencies } from "../../src/server.ts";
import { type StartedServer, startServer } from "../../src/testing/start-server.ts";

/** A server that asks who calls, an issuer whose tokens it takes, and the file of its keys. */
export interface IdentityUnderTest {
  readonly server: StartedServer;
  readonly issuer: Issuer;
  readonly keyFile: string;
  /** Makes a key, as `npm run api-key` does; resolves once the server knows it. */
  createKey(...words: string[]): Promise<string>;
}

/** Starts all of it before the tests of a file and stops it after them; the subject `root` is an admin. */
export function useIdentity(
  settings: Readonly<Record<string, string>> = {},
  dependencies: Partial<ServerDependencies> = {},
): IdentityUnderTest {
  let started: IdentityUnderTest | undefined;
  let folder = "";
  const running = () => {
    if (started === undefined) throw new Error("the server runs only while the tests do");
    return started;
  };

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "triptych-keys-"));
    const keyFile = join(folder, "keys.json");
    const issuer = await startIssuer();
    const identity = { OIDC_ISSUER: issuer.url, OIDC_AUDIENCE: AUDIENCE, OIDC_ADMINS: "root", API_KEYS_FILE: keyFile };
    const server = await startServer({ ...identity, ...settings }, dependencies);
    const createKey = async (...words: string[]) => {
      const [key = ""] = (await manageApiKeys(keyFile, ["create", ...words], new Date())).split("\n");
      await vi.waitFor(() => requireKnown(server, key), { timeout: 5_000, interval: 20 });
      return key;
    };
    started = { server, issuer, keyFile, createKey };
  });

  afterAll(async () => {
    const { server, issuer } = running();
    // The server keeps its connection to the issuer for its next question.
    await issuer.close();
    await server.close();
    await rm(folder, { recursive: true });
  });

  return {
    get server() {
      return running().server;
    },
    get issuer() {
      return running().issuer;
    },
    get keyFile() {
      return running().keyFile;
    },
    createKey: (...words) => running().createKey(...words),
  };
}

/** Asks for what anyone may, with a key, which is rejected where it is not known. */
async function requireKnown({ baseUrl }: StartedServer, key: string): Promise<void> {
  const path = "/triptych.greeter.v1.GreeterService/ListLanguages";
  const headers = { "content-type": "application/json", authorization: `Bearer ${key}` };
  const { status } = await sendRequest(baseUrl, path, { method: "POST", headers, body: "{}" });
  if (status !== 200) throw new Error(`the key is not known: HTTP ${status}`);
}
