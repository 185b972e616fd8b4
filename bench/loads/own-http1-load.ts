import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Call } from "../call.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import { forAWhile } from "./for-a-while.ts";
import { createResponseReader } from "./http1-responses.ts";
import type { Concurrency, LoadResult } from "./load.ts";

/**
 * Load over HTTP/1.1 by this process, where wrk is not installed: one call at a time on each connection. A call whose status is not
 * 200, or whose answer is shorter than `answerBytes`, counts as failed.
 */
export async function ownHttp1Load(
  server: RunningServer,
  call: Call,
  { connections }: Concurrency,
  seconds: number,
  answerBytes: number,
): Promise<LoadResult> {
  const request = requestBytes(call, server.port);
  let answered = 0;
  const { promise: failed, reject: fail } = Promise.withResolvers<never>();
  // A load that no longer waits has its figure.
  failed.catch(() => undefined);
  async function open(): Promise<Socket> {
    const socket = connect({ port: server.port, host: "127.0.0.1", noDelay: true });
    await once(socket, "connect");
    const read = createResponseReader((status, bytes) => {
      if (status !== 200 || bytes < answerBytes) fail(new Error(`a call failed under load: ${status}, ${bytes} bytes`));
      answered++;
      socket.write(request);
    });
    socket.on("data", read);
    socket.on("error", fail);
    socket.on("close", () => fail(new Error("the server closed the connection")));
    return socket;
  }

  const sockets = await Promise.all(Array.from({ length: connections }, open));
  for (const socket of sockets) socket.write(request);
  const end = () => {
    for (const socket of sockets) socket.removeAllListeners("close").destroy();
  };
  const callsPerSecond = await forAWhile({ done: () => answered, failed, end }, seconds);
  return { callsPerSecond, calls: answered };
}

function requestBytes({ path, headers, body }: Call, port: number): Buffer {
  const fields = Object.entries({ host: `127.0.0.1:${port}`, ...headers, "content-length": String(body.length) });
  const head = [`POST ${path} HTTP/1.1`, ...fields.map(([name, value]) => `${name}: ${value}`), "", ""].join("\r\n");
  return Buffer.concat([Buffer.from(head), body]);
}
