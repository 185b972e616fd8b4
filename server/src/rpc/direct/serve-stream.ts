import type { Message } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import { endIterator } from "../end-iterator.ts";
import type { DirectCall } from "./direct-call.ts";
import { encodeMessage } from "./encode-message.ts";
import { endOfCall, errorForClients, headersNow } from "./end-of-call.ts";
import { COMPRESSED, isWorthCompressing } from "./envelope.ts";
import { oneMessage, openMessages } from "./open-messages.ts";
import type { Reply } from "./reply.ts";
import type { BreakageListener } from "./serve-unary.ts";
import { StreamWriter } from "./stream-writer.ts";

/** Who hears of the end of a stream. */
export interface StreamListener extends BreakageListener {
  /** Its end is sent, or cannot be. */
  streamEnded(): void;
}

/** Runs a server-streaming call and answers it. */
export async function serveStream(
  call: DirectCall,
  input: Message,
  reply: Reply,
  listener: StreamListener,
): Promise<void> {
  const writer = new StreamWriter(reply, call.format.protocol === "grpc");
  const start = () => writer.start(headersNow(call.responseHeader, call.unchangedHeaders));
  let messages: AsyncIterator<unknown> | undefined;
  let error: ConnectError | undefined;
  try {
    messages = await openMessages(call, oneMessage(input), start);
    await writeMessages(call, messages, writer);
  } catch (thrown) {
    error = errorForClients(thrown);
    // Before whoever makes the messages hears that nobody reads on: its signal says why.
    call.end(thrown);
    if (messages !== undefined) void endIterator(messages);
  }
  call.end();
  // In here and not after the promise of this function: each promise that waits for it is memory that an idle stream takes.
  try {
    if (!reply.gone) {
      const { frame, trailers } = endOfCall(call, error);
      const last = frame && (await compressed(call, frame.flags, frame.data));
      if (!writer.started) start();
      writer.end(last, trailers);
    }
  } catch (failure) {
    listener.broken(failure);
  }
  listener.streamEnded();
}

async function writeMessages(call: DirectCall, messages: AsyncIterator<unknown>, writer: StreamWriter): Promise<void> {
  const { compression } = call.terms;
  for (;;) {
    const result = await messages.next();
    if (result.done === true) return;
    const data = encodeMessage(call, result.value as Message);
    let hasRoom: boolean;
    if (compression !== undefined && isWorthCompressing(data)) {
      hasRoom = writer.add(COMPRESSED, await compression.compress(data as Uint8Array<ArrayBuffer>));
    } else {
      hasRoom = writer.add(0, data);
    }
    if (hasRoom) continue;
    // A client that stops reading does not hold its call past the deadline.
    call.onAbort = () => writer.stop();
    await writer.room();
    if (call.aborted) throw call.reason;
  }
}

async function compressed({ terms }: DirectCall, flags: number, data: Uint8Array) {
  const { compression } = terms;
  if (compression === undefined || !isWorthCompressing(data)) return { flags, data };
  return { flags: flags | COMPRESSED, data: await compression.compress(data as Uint8Array<ArrayBuffer>) };
}
