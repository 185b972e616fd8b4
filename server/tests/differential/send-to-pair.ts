import { exchange } from "@triptych/testkit/raw/http1-client.ts";
import { createHttp2Client } from "@triptych/testkit/raw/http2-client.ts";
import type { RawClient, RawRequest } from "@triptych/testkit/raw/raw-call.ts";
import { turn } from "@triptych/testkit/raw/raw-call.ts";
import { type Outcome, outcomeOf } from "./outcome.ts";
import { encodeCall, type ScriptedCall } from "./scripted-call.ts";
import type { ScriptedServer, ServerPair } from "./serve-pair.ts";

/** The versions of HTTP that a pair is compared over. */
export const HTTP_VERSIONS = ["HTTP/1.1", "HTTP/2"] as const;

/** Sends calls to both servers of a pair. */
export interface PairClient extends Disposable {
  /** Resolves with what came of the call at each server, once its implementations are done. */
  send(call: ScriptedCall): Promise<{ readonly served: readonly Outcome[]; readonly oracle: readonly Outcome[] }>;
}

/** Creates a client of both servers, over one version of HTTP. */
export function createPairClient(version: (typeof HTTP_VERSIONS)[number], pair: ServerPair): PairClient {
  const http2 = new Map<ScriptedServer, RawClient>();
  const http2Client = (server: ScriptedServer) => {
    const client = http2.get(server) ?? createHttp2Client(server.port, server.isEncrypted);
    http2.set(server, client);
    return client;
  };
  const send = async (server: ScriptedServer, call: ScriptedCall): Promise<Outcome[]> => {
    const request = encodeCall(call);
    // Behind a request that does not end nothing can follow.
    const requests = call.followed && request.open !== true ? [request, plainRequest] : [request];
    const journals: (readonly string[])[] = [];
    const settled = async () => {
      await settle(server);
      journals.push(server.journal.take());
    };
    const responses =
      version === "HTTP/1.1" ? await exchange(server, requests, settled) : [await http2Client(server).send(request)];
    if (version === "HTTP/2") await settled();
    return responses.map((response, index) => outcomeOf(response, journals[index] ?? []));
  };
  return {
    async send(call) {
      const [served, oracle] = await Promise.all([send(pair.served, call), send(pair.oracle, call)]);
      return { served, oracle };
    },
    [Symbol.dispose]() {
      for (const client of http2.values()) client[Symbol.dispose]();
    },
  };
}

/** A good call, to see whether a connection is still of use. */
const plainRequest: RawRequest = encodeCall({
  protocol: "connect",
  codec: "json",
  method: "PlayOnce",
  script: { steps: [{ action: { case: "answer", value: { text: "still here" } } }] },
  dataSize: 0,
  plan: [],
  timeout: undefined,
  metadata: [],
  changes: [],
  cuts: [],
  declared: true,
  followed: false,
  more: [],
  compression: undefined,
});

/** Waits until nothing runs: what waits for the test is let go. */
async function settle({ running, journal }: ScriptedServer): Promise<void> {
  const deadline = Date.now() + 5_000;
  for (let turns = 0; Date.now() < deadline; turns++) {
    journal.letGo();
    await turn();
    if (running.count === 0 && turns > 1) return;
  }
  throw new Error(`every implementation must end: ${running.count} go on`);
}
