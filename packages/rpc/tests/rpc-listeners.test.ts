import { once } from "node:events";
import { createServer as createHttpServer, get } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server } from "node:net";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { Greeter } from "@triptych/proto/helloworld_pb.ts";
import { sessionManager } from "@triptych/testkit/clients/session-manager.ts";
import { afterEach, describe, expect, it } from "vitest";
import { createRpcListeners, type RpcListenersOptions } from "../src/rpc-listeners.ts";

let shutdown: AbortController;
let server: Server;

const routes: RpcListenersOptions["routes"] = ({ service }) =>
  service(Greeter, { sayHello: ({ name }) => ({ message: `Hello, ${name}!` }) });

function createListeners(options: Partial<RpcListenersOptions> = {}) {
  shutdown = new AbortController();
  return createRpcListeners({ routes, shutdownSignal: shutdown.signal, ...options });
}

async function listen(made: Server): Promise<string> {
  server = made;
  await once(server.listen(0, "127.0.0.1"), "listening");
  // A TCP server that listens has an address and port.
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

afterEach(async () => {
  shutdown.abort();
  await new Promise((resolve) => server.close(resolve));
});

describe("listeners for servers that exist", () => {
  it("answer calls of an HTTP/1.1 server, and everything else by the fallback", async () => {
    const { onRequest, onUpgrade, shouldUpgradeCallback } = createListeners({
      fallback(_request, response) {
        response.end("a page");
      },
    });
    const baseUrl = await listen(createHttpServer({ shouldUpgradeCallback }, onRequest).on("upgrade", onUpgrade));
    const transport = createGrpcWebTransport({ baseUrl, httpVersion: "1.1" });
    expect(await createClient(Greeter, transport).sayHello({ name: "Ada" })).toMatchObject({ message: "Hello, Ada!" });
    expect(await (await fetch(baseUrl)).text()).toBe("a page");
    // An offer that is not taken.
    const [response] = await once(get(baseUrl, { headers: { connection: "upgrade", upgrade: "h2c" } }), "response");
    expect(Buffer.concat(await response.toArray()).toString()).toBe("a page");
  });

  it("serve sockets that speak HTTP/2, and have them go away when the signal is aborted", async () => {
    const { onHttp2Socket } = createListeners();
    const baseUrl = await listen(createTcpServer(onHttp2Socket));
    const transport = createGrpcTransport({ baseUrl, sessionManager: sessionManager(baseUrl) });
    expect(await createClient(Greeter, transport).sayHello({ name: "Ada" })).toMatchObject({ message: "Hello, Ada!" });
  });

  it("reject what is malformed, and survive a fallback that throws", async () => {
    const errors: unknown[] = [];
    const { onRequest } = createListeners({
      onError: (error) => errors.push(error),
      fallback() {
        throw new Error("broken");
      },
    });
    const baseUrl = await listen(createHttpServer(onRequest));
    await expect(fetch(baseUrl)).rejects.toThrow("fetch failed");
    expect(errors).toMatchObject([{ message: "broken" }]);
    const transport = createGrpcWebTransport({ baseUrl, httpVersion: "1.1" });
    expect(await createClient(Greeter, transport).sayHello({ name: "Ada" })).toMatchObject({ message: "Hello, Ada!" });
  });
});
