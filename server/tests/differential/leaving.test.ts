import { once } from "node:events";
import { type ClientHttp2Session, connect as connectHttp2, constants } from "node:http2";
import { connect } from "node:net";
import { Manner, Pause } from "@triptych/proto/triptych/testing/v1/script_pb.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { PROTOCOLS } from "../raw/call-protocol.ts";
import { openStream } from "../raw/http2-client.ts";
import type { RawRequest } from "../raw/raw-call.ts";
import { encodeCall, type ScriptedCall } from "./scripted-call.ts";
import { type ScriptedServer, type ServerPair, servePair } from "./serve-pair.ts";

const PATIENCE = { timeout: 5_000, interval: 5 };

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
};

/** Ways to leave a call that goes on, by the version of HTTP; each begins the call, and returns how to leave it. */
const departures = {
  "over HTTP/1.1, by closing its connection": begunHttp1,
  "over HTTP/2, by CANCEL": begunHttp2(({ stream }) => stream.close(constants.NGHTTP2_CANCEL)),
  "over HTTP/2, by NO_ERROR": begunHttp2(({ stream }) => stream.destroy()),
  "over HTTP/2, by INTERNAL_ERROR": begunHttp2(({ stream }) => stream.close(constants.NGHTTP2_INTERNAL_ERROR)),
  "over HTTP/2, by ENHANCE_YOUR_CALM": begunHttp2(({ stream }) => stream.close(constants.NGHTTP2_ENHANCE_YOUR_CALM)),
  "over HTTP/2, by closing its connection": begunHttp2(({ session }) => session.destroy()),
};

type Begin = (port: number, request: RawRequest) => Promise<() => void>;

async function begunHttp1(port: number, { method, path, headers, chunks }: RawRequest): Promise<() => void> {
  const socket = connect(port, "127.0.0.1");
  socket.on("error", () => undefined);
  socket.write(`${method} ${path} HTTP/1.1\r\n${headers.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n`);
  socket.write(Buffer.concat(chunks));
  return () => socket.destroy();
}

function begunHttp2(
  leave: (call: { session: ClientHttp2Session; stream: ReturnType<typeof openStream> }) => void,
): Begin {
  return async (port, request) => {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    session.on("error", () => undefined);
    await once(session, "connect");
    const stream = openStream(session, request);
    stream.on("error", () => undefined).resume();
    stream.end(Buffer.concat(request.chunks));
    return () => {
      leave({ session, stream });
      session.close();
    };
  };
}

const pauses = { "heeds its signal": Pause.UNTIL_ABORTED, "waits for ever": Pause.FOREVER };
const manners = { "an async function": Manner.UNSPECIFIED, "a bare iterator": Manner.BARE_ITERATOR };

let pair: ServerPair;

beforeAll(async () => {
  pair = await servePair([]);
});

afterAll(async () => {
  await Promise.all([pair.served.close(), pair.oracle.close()]);
});

/** What an implementation hears that had begun when its client left, before the test lets go of it and after. */
async function heard({ port, journal, running }: ScriptedServer, begin: Begin, call: ScriptedCall) {
  const leave = await begin(port, encodeCall(call));
  await vi.waitFor(() => expect(running.count).toBe(1), PATIENCE);
  leave();
  await vi.waitFor(() => expect(running.count).toBe(call.script.steps?.some(isWaiting) ? 1 : 0), PATIENCE);
  const before = journal.take();
  journal.letGo();
  await vi.waitFor(() => expect(running.count).toBe(0), PATIENCE);
  return { before, after: journal.take() };
}

const isWaiting = (step: NonNullable<ScriptedCall["script"]["steps"]>[number]) =>
  step.action?.case === "pause" && step.action.value === Pause.FOREVER;

describe.each(Object.entries(departures))("a client that leaves %s", (_how, begin) => {
  const cases = PROTOCOLS.flatMap((protocol) =>
    (["PlayOnce", "PlayStream"] as const).flatMap((method) =>
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
});
