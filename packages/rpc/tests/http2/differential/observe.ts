import { frame } from "@triptych/testkit/http2/http2-frames.ts";
import { FrameFlag, FrameType } from "../../../src/http2/frame.ts";
import { HpackDecoder } from "../../../src/http2/hpack-decoder.ts";
import { openRawClient, type RawClient } from "../raw-client.ts";

/** What a server has made of a connection. */
export interface Outcome {
  /** Status and body of each stream that was answered to its end. */
  readonly answers: Readonly<Record<number, string>>;
  /** The codes of resets. */
  readonly resets: Readonly<Record<number, number>>;
  /** Whether the connection was ended for an error, with which code if that was said. */
  readonly failure: number | "closed" | undefined;
}

/** How many pings one after the other are answered before all that a server has to say is said; each is a turn of its event loop. */
const ROUNDS = 3;

/** Sends bytes, in chunks, and waits until the server has nothing more to say. */
export async function observe(port: number, bytes: Buffer, chunkBytes: number): Promise<Outcome> {
  using client = await openRawClient(port, { greets: false, answersPings: false });
  for (let at = 0; at < bytes.length; at += chunkBytes) {
    client.send(bytes.subarray(at, at + chunkBytes));
    if (chunkBytes < 1_000) await new Promise((resolve) => setImmediate(resolve));
  }
  for (let round = 0; round < ROUNDS && !client.isClosed && !hasFailed(client); round++) {
    const payload = Buffer.from(`settled${round}`);
    client.send(frame(FrameType.ping, 0, 0, payload));
    await client
      .until(
        () =>
          client.all(FrameType.ping).find((pong) => pong.payload.equals(payload)) ?? (hasFailed(client) || undefined),
      )
      .catch(() => undefined);
  }
  return outcomeOf(client);
}

/** Whether the server has said that the connection ends for an error; node:http2 does not always close it then. */
function hasFailed(client: RawClient): boolean {
  return client.all(FrameType.goAway).some(({ payload }) => payload.readUInt32BE(4) !== 0);
}

function outcomeOf(client: RawClient): Outcome {
  const decoder = new HpackDecoder({ maxHeaderListSize: 1_000_000, maxHeaderCount: 1_000 });
  const statuses: Record<number, string> = {};
  const bodies: Record<number, string> = {};
  const answers: Record<number, string> = {};
  const resets: Record<number, number> = {};
  let failure: number | "closed" | undefined;
  for (const { type, flags, stream, payload } of client.frames) {
    if (type === FrameType.headers) {
      const status = decoder.decode(payload, 0, payload.length).find(({ name }) => name === ":status")?.value;
      if (status !== undefined) statuses[stream] = status;
    } else if (type === FrameType.data) bodies[stream] = (bodies[stream] ?? "") + payload.toString("latin1");
    else if (type === FrameType.rstStream) resets[stream] = payload.readUInt32BE(0);
    else if (type === FrameType.goAway && payload.readUInt32BE(4) !== 0) failure = payload.readUInt32BE(4);
    const isEnd = (type === FrameType.headers || type === FrameType.data) && (flags & FrameFlag.endStream) !== 0;
    if (isEnd) answers[stream] = `${statuses[stream]} ${bodies[stream] ?? ""}`;
  }
  const isClean = client.all(FrameType.goAway).length > 0;
  if (failure === undefined && client.isClosed && !isClean) failure = "closed";
  return { answers, resets, failure };
}
