import { once } from "node:events";
import { createServer, type Http2Server, type ServerHttp2Stream } from "node:http2";
import type { AddressInfo } from "node:net";
import { PREFACE, type ReadFrame, readFrames } from "@triptych/testkit/http2/http2-frames.ts";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { FrameType } from "../../../src/http2/frame.ts";
import { type Behavior, OK, useEngine } from "../serve-engine.ts";
import { bytesOf, mutatedScript, validScript } from "./connections.ts";
import { mayDiffer } from "./known-differences.ts";
import { type Outcome, observe } from "./observe.ts";

const serve = useEngine();
let oracle: Http2Server;
let oraclePort = 0;

/** What both servers answer with, so that it shows what they have understood. */
function answerTo(method: string, path: string, headers: Readonly<Record<string, unknown>>, body: Buffer): Buffer {
  const fields = Object.entries(headers)
    .filter(([name]) => name.startsWith("x-"))
    .map(([name, value]) => `${name}=${value}`)
    .sort();
  return Buffer.from(`${method} ${path} ${fields.join("&")} ${body.toString("hex")}`);
}

const behavior: Behavior = {
  onEnd: ({ stream, head, chunks }) => {
    stream.sendAll(OK, answerTo(head.method, head.path, head.headers, Buffer.concat(chunks)), undefined);
  },
};

beforeAll(async () => {
  oracle = createServer({ settings: { maxHeaderListSize: 16_384 } });
  oracle.on("stream", (stream: ServerHttp2Stream, headers) => {
    const chunks: Buffer[] = [];
    stream.on("error", () => undefined);
    stream.on("data", (chunk: Buffer) => chunks.push(chunk));
    stream.on("end", () => {
      if (stream.destroyed || stream.aborted) return;
      stream.respond({ ":status": 200 });
      stream.end(answerTo(String(headers[":method"]), String(headers[":path"]), headers, Buffer.concat(chunks)));
    });
  });
  oracle.on("sessionError", () => undefined);
  oracle.listen(0, "127.0.0.1");
  await once(oracle, "listening");
  // A server that listens on a port has an address.
  oraclePort = (oracle.address() as AddressInfo).port;
});

afterAll(async () => {
  oracle.close();
});

/** Each run opens two connections. */
const TIMEOUT_MS = 120_000;
/** The same connections in each run of the suite; `FUZZ_SEED=random`, with more `FUZZ_RUNS`, searches for what no run has found yet. */
const SEED = process.env.FUZZ_SEED ?? "20261129";
const seed = SEED === "random" ? {} : { seed: Number(SEED) };
const chunkBytes = fc.constantFrom(1, 2, 7, 40, 100_000);

it(
  "answers every connection that keeps to the protocol as node:http2 does, wherever its bytes are cut",
  async () => {
    const engine = await serve(behavior);
    await fc.assert(
      fc.asyncProperty(validScript, chunkBytes, async (script, chunk) => {
        const bytes = bytesOf(script.flat());
        const expected = await observe(oraclePort, bytes, 100_000);
        expect(await observe(engine.port, bytes, chunk)).toEqual(expected);
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 100), endOnFailure: true, ...seed },
    );
  },
  TIMEOUT_MS,
);

it(
  "has an error for every connection for which node:http2 has one, and answers the others alike",
  async () => {
    const engine = await serve(behavior);
    await fc.assert(
      fc.asyncProperty(mutatedScript, async (frames) => {
        const bytes = bytesOf(frames);
        const sent = readFrames(bytes.subarray(PREFACE.length));
        fc.pre(!mayDiffer(sent));
        const expected = await observe(oraclePort, bytes, 100_000);
        const actual = await observe(engine.port, bytes, 100_000);
        expectAlike(
          actual,
          expected,
          sent.frames.filter(({ type }) => type === FrameType.rstStream),
        );
      }),
      { numRuns: Number(process.env.FUZZ_RUNS ?? 150), endOnFailure: true, ...seed },
    );
  },
  TIMEOUT_MS,
);

/** Which streams were reset, and whether the connection was ended for an error. */
const severity = ({ resets, failure }: Outcome) => (failure !== undefined ? 2 : Object.keys(resets).length > 0 ? 1 : 0);

/**
 * Where one has no error the other has none, and where one ends the connection the other has an error. Only a stream may have one here that it
 * has not there: node:http2 leaves out headers that make a request malformed. What both have answered is equal; and where neither has ended the
 * connection, both have answered all that neither has reset.
 */
function expectAlike(actual: Outcome, expected: Outcome, clientResets: readonly ReadFrame[]): void {
  const context = JSON.stringify({ actual, expected });
  expect(severity(actual) === 0 && severity(expected) > 0, context).toBe(false);
  expect(severity(actual) === 2 && severity(expected) === 0, context).toBe(false);
  for (const [stream, answer] of Object.entries(actual.answers)) {
    if (stream in expected.answers) expect(answer, context).toBe(expected.answers[Number(stream)]);
  }
  if (severity(expected) === 2) return;
  const reset = [...Object.keys(actual.resets), ...Object.keys(expected.resets)].map(Number);
  const disturbed = new Set([...reset, ...clientResets.map(({ stream }) => stream)]);
  const undisturbed = ({ answers }: Outcome) => Object.keys(answers).filter((stream) => !disturbed.has(Number(stream)));
  expect(undisturbed(actual), context).toEqual(undisturbed(expected));
}
