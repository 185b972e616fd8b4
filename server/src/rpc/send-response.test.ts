import { once } from "node:events";
import { request as requestHttp1 } from "node:http";
import { connect as connectHttp2 } from "node:http2";
import { afterEach, describe, expect, it } from "vitest";
import { createListener, type Listener } from "../listener/create-listener.ts";
import { sendResponse } from "./send-response.ts";

let listener: Listener | undefined;

afterEach(async () => {
  listener?.destroy();
  await listener?.close();
});

/** Makes a request, reads the first chunk of the answer and leaves. */
const clients: Readonly<Record<string, (port: number) => Promise<void>>> = {
  async "HTTP/1.1"(port) {
    const request = requestHttp1({ port, host: "127.0.0.1" }).end();
    const [response] = await once(request, "response");
    await once(response, "data");
    request.on("error", () => undefined).destroy();
  },
  async "HTTP/2"(port) {
    const session = connectHttp2(`http://127.0.0.1:${port}`);
    const stream = session.request({ ":path": "/" });
    await once(stream, "data");
    stream.destroy();
    await once(stream, "close");
    session.close();
  },
};

describe.each(Object.keys(clients))("over %s", (version) => {
  it("ends, and ends the body, when a chunk comes after its client has left", async () => {
    const bodyEnded = Promise.withResolvers<string>();
    const sent = Promise.withResolvers<void>();
    listener = createListener({
      certificate: undefined,
      onRequest(_request, response) {
        const left = once(response, "close");
        async function* body() {
          try {
            yield Buffer.from("first");
            await left;
            yield Buffer.from("second");
            yield Buffer.from("third");
          } finally {
            bodyEnded.resolve("ended");
          }
        }
        sent.resolve(sendResponse({ status: 200, body: body() }, response));
      },
    });
    const { port } = await listener.listen(0, "127.0.0.1");
    await clients[version]?.(port);
    await sent.promise;
    expect(await bodyEnded.promise).toBe("ended");
  });
});
