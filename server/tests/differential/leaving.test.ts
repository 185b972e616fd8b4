import { once } from "node:events";
import { type ClientHttp2Session, connect as connectHttp2, constants } from "node:http2";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { Manner, Pause } from "@triptych/proto/triptych/testing/v1/script_pb.ts";
import { PROTOCOLS } from "@triptych/testkit/raw/call-protocol.ts";
import { openStream } from "@triptych/testkit/raw/http2-client.ts";
import type { RawRequest } from "@triptych/testkit/raw/raw-call.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { loadCertificate } from "../../src/certificate.ts";
import { encodeCall, readsMany, type ScriptedCall } from "./scripted-call.ts";
import { type ScriptedServer, type ServerPair, servePair } from "./serve-pair.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };

const plain: Omit<ScriptedCall, "protocol" | "method" | "script"> = {
  codec: "proto",
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
};

/** Ways to leave a call that goes on, by the version of HTTP; each begins the call, and returns how to leave it. */
const departures = {
  "over HTTP/1.1, by closing its connection": begunHttp1,
  "over HTTP/2, by CANCEL": begunHttp2(({ stream }) => stream.close(constants.NGHTTP2_CANCEL)),
  "over HTTP/2, by NO_ERROR": begunHttp2(({ stream }) => stream.destroy()),
  "over HTTP/2, by INTERNAL_ERROR": begunHttp2(({ stream }) => stream.close(constants.NGHTTP2_INTERNAL_ERROR)),
  "over HTTP/2, by ENHANCE_YOUR_CALM": begunHttp2(({ stream }) => stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM)),
};

type Begin = (server: ScriptedServer, request: RawRequest) => Promise<() => void>;

async function begunHttp1({ port, isEncrypted }: ScriptedServer, request: RawRequest): Promise<() => void> {
  const { method, path, headers, chunks, open = false } = request;
  const target = { port, host: "127.0.0.1" };
  const socket = isEncrypted ? connectTls({ ...target, rejectUnauthorized: false }) : connect(target);
  socket.on("error", () => undefined);
  const fields = open ? [...headers, ["transfer-encoding", "chunked"] as const] : headers;
  socket.write(`${method} ${path} HTTP/1.1\r\n${fields.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
  const body = Buffer.concat(chunks);
  const chunk = Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from("\r\n")]);
  if (body.length > 0) socket.write(open ? chunk : body);
  return () => socket.destroy();
}

function begunHttp2(
  leave: (call: { session: ClientHttp2Session; stream: ReturnType<typeof openStream> }) => void,
): Begin {
  return async ({ port, isEncrypted }, request) => {
    const session = connectHttp2(`${isEncrypted ? "https" : "http"}://127.0.0.1:${port}`, {
      rejectUnauthorized: false,
    });
    session.on("error", () => undefined);
    await once(session, "connect");
    const stream = openStream(session, request);
    stream.on("error", () => undefined).resume();
    stream.write(Buffer.concat(request.chunks));
    if (request.open !== true) stream.end();
    return () => {
      leave({ session, stream });
      session.close();
    };
  };
}

const pauses = { "heeds its signal": Pause.UNTIL_ABORTED, "waits for ever": Pause.FOREVER };
const manners = { "an async function": Manner.UNSPECIFIED, "a bare iterator": Manner.BARE_ITERATOR };

let pair: ServerPair;
let encrypted: ServerPair;

beforeAll(async () => {
  pair = await servePair([]);
  encrypted = await servePair([], await loadCertificate({ kind: "self-signed" }));
});

afterAll(async () => {
  const servers = [pair, encrypted].flatMap(({ served, oracle }) => [served, oracle]);
  await Promise.all(servers.map((server) => server.close()));
});

/** What an implementation hears that had begun when its client left, before the test lets go of it and after. */
async function heard(server: ScriptedServer, begin: Begin, call: ScriptedCall) {
  const { journal, running } = server;
  const leave = await begin(server, encodeCall(call));
  const before: string[] = [];
  const isOpen = call.changes.some((change) => "open" in change);
  await vi.waitFor(() => {
    before.push(...journal.take());
    // Who still waits for its client has not begun to play.
    expect([running.count, before.length > 0]).toEqual([1, !isOpen]);
  }, TIMEOUT);
  leave();
  await vi.waitFor(() => expect(running.count).toBe(call.script.steps?.some(isWaiting) ? 1 : 0), TIMEOUT);
  before.push(...journal.take());
  journal.letGo();
  await vi.waitFor(() => expect(running.count).toBe(0), TIMEOUT);
  return { before, after: journal.take() };
}

const isWaiting = (step: NonNullable<ScriptedCall["script"]["steps"]>[number]) =>
  step.action?.case === "pause" && step.action.value === Pause.FOREVER;

/** The methods of all kinds; over HTTP/1.1 nothing streams both ways. */
function methodsOf(how: string) {
  const methods = ["PlayOnce", "PlayStream", "PlayUpload"] as const;
  return how.includes("HTTP/1.1") ? methods : ([...methods, "PlayConversation"] as const);
}

describe.each(Object.entries(departures))("a client that leaves %s", (how, begin) => {
  const cases = PROTOCOLS.flatMap((protocol) =>
    methodsOf(how).flatMap((method) =>
      Object.keys(pauses).flatMap((pause) =>
        Object.keys(manners).map((manner) => ({ protocol, method, pause, manner })),
      ),
    ),
  );

  it.each(cases)("is told to $method over $protocol that $pause, in $manner", async (terms) => {
    const pause = pauses[terms.pause as keyof typeof pauses];
    const script = {
      steps: [{ action: { case: "pause", value: pause } as const }],
      manner: manners[terms.manner as keyof typeof manners],
    };
    const call = { ...plain, protocol: terms.protocol, method: terms.method, script };
    expect(await heard(pair.served, begin, call)).toEqual(await heard(pair.oracle, begin, call));
  });

  const protocol = how.includes("HTTP/1.1") ? "grpc-web" : "grpc";
  it.each(methodsOf(how).map((method) => ({ method, protocol }) as const))(
    "is told to $method over $protocol and TLS",
    async (terms) => {
      const script = { steps: [{ action: { case: "pause", value: Pause.UNTIL_ABORTED } as const }] };
      const call = { ...plain, ...terms, script };
      expect(await heard(encrypted.served, begin, call)).toEqual(await heard(encrypted.oracle, begin, call));
    },
  );

  const readers = PROTOCOLS.flatMap((protocol) =>
    methodsOf(how)
      .filter((method) => readsMany(method))
      .map((method) => ({ protocol, method })),
  );

  it.each(readers)("in the middle of its request to $method over $protocol, has not ended it", async (terms) => {
    // An upload that has begun is one that was read to its end. Not compared: the server of Node takes the end that a client on Node sends
    // just before its reset for the end of the request.
    const messages = terms.method === "PlayUpload" ? 2 : 0;
    const call = { ...plain, ...terms, script: {}, changes: [{ messages }, { open: true }] as const };
    const nothing = { before: [], after: [] };
    expect(await heard(pair.served, begin, call)).toEqual(nothing);
  });
});
