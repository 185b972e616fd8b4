import { Pause } from "@triptych/proto/triptych/testing/v1/script_pb.ts";
import { createRawClient, ENCRYPTED_STYLES, STYLES } from "@triptych/testkit/raw/call-style.ts";
import type { RawClient } from "@triptych/testkit/raw/raw-call.ts";
import { type Answer, readAnswer } from "@triptych/testkit/raw/read-answer.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { loadCertificate } from "../../src/certificate.ts";
import { type Change, encodeCall, isStreaming, type ScriptedCall } from "./scripted-call.ts";
import { type ScriptedServer, serveScripted } from "./serve-pair.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };

const pauses = { "waits for ever": Pause.FOREVER, "observes its signal": Pause.UNTIL_ABORTED };

const styles = [
  ...STYLES.map((style) => ({ ...style, how: "in clear text" })),
  ...ENCRYPTED_STYLES.map((style) => ({ ...style, how: "over TLS" })),
];

describe.each(styles)("a server that drains, over $protocol with $codec and $http, $how", (style) => {
  const { protocol, codec, http, how } = style;
  let server: ScriptedServer;
  let client: RawClient;

  beforeEach(async () => {
    server = await serveScripted([], how === "over TLS" ? await loadCertificate({ kind: "self-signed" }) : undefined);
    client = createRawClient(style, server.port, server.isEncrypted);
  });

  afterEach(async () => {
    server.journal.letGo();
    client[Symbol.dispose]();
    await server.close();
  });

  async function call(method: ScriptedCall["method"], pause: Pause, changes: Change[] = []): Promise<Answer> {
    const request = encodeCall({
      ...{ protocol, codec, method, changes },
      script: {
        steps: [{ action: { case: "pause", value: pause } }, { action: { case: "answer", value: { text: "done" } } }],
      },
      ...{ dataSize: 0, plan: [], timeout: undefined, metadata: [], cuts: [], more: [], compression: undefined },
      ...{ declared: false, followed: false },
    });
    return readAnswer(protocol, isStreaming(method), await client.send(request));
  }

  const isRunning = () => vi.waitFor(() => expect(server.running.count).toBe(1), TIMEOUT);

  it("lets a unary call finish", async () => {
    const answer = call("PlayOnce", Pause.FOREVER);
    await isRunning();
    server.drain();
    server.journal.letGo();
    expect(await answer).toMatchObject({ code: "ok", messages: [expect.anything()] });
  });

  const streams = (["PlayStream", "PlayUpload", "PlayConversation"] as const).filter(
    // No call streams both ways over HTTP/1.1.
    (method) => http === "HTTP/2" || method !== "PlayConversation",
  );

  it.each(streams.flatMap((method) => Object.keys(pauses).map((how) => [method, how as keyof typeof pauses] as const)))(
    "ends %s with UNAVAILABLE whose handler %s",
    async (method, how) => {
      const answer = call(method, pauses[how]);
      await isRunning();
      server.drain();
      expect(await answer).toMatchObject({ code: "unavailable", message: "the server is shutting down" });
      server.journal.letGo();
      await vi.waitFor(() => expect(server.running.count).toBe(0), TIMEOUT);
    },
  );

  it.each(streams.filter((method) => method !== "PlayStream"))(
    "ends %s with UNAVAILABLE whose handler waits for its client",
    async (method) => {
      const answer = call(method, Pause.FOREVER, [{ messages: method === "PlayUpload" ? 1 : 0 }, { open: true }]);
      await isRunning();
      server.drain();
      expect(await answer).toMatchObject({ code: "unavailable", message: "the server is shutting down" });
      await vi.waitFor(() => expect(server.running.count).toBe(0), TIMEOUT);
    },
  );

  it.each(["PlayOnce", ...streams] as const)("takes no new call of %s", async (method) => {
    server.drain();
    expect(await call(method, Pause.UNSPECIFIED)).toMatchObject({ code: "unavailable" });
    expect(server.journal.take()).toEqual([]);
  });
});
