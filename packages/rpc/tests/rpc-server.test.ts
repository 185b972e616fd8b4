import { create } from "@bufbuild/protobuf";
import { Code, type ConnectRouter, createClient, createContextKey, createContextValues } from "@connectrpc/connect";
import { createConnectTransport, createGrpcTransport, createGrpcWebTransport } from "@connectrpc/connect-node";
import { Greeter, HelloReplySchema } from "@triptych/proto/helloworld_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { sessionManager } from "@triptych/testkit/clients/session-manager.ts";
import { createCertificate } from "@triptych/testkit/servers/create-certificate.ts";
import { afterEach, describe, expect, it } from "vitest";
import { Health, HealthCheckResponse_ServingStatus as Status } from "../src/gen/grpc/health/v1/health_pb.ts";
import { ServerReflection } from "../src/gen/grpc/reflection/v1/reflection_pb.ts";
import { createRpcServer, type RpcServer, type RpcServerOptions } from "../src/rpc-server.ts";

const servers: RpcServer[] = [];

afterEach(async () => {
  for (const server of servers.splice(0)) {
    // Connect's client takes it for an error of its own when an idle connection goes away.
    await expect.poll(() => server.held().http2Connections, { timeout: 5_000, interval: 5 }).toBe(0);
    await server.close();
  }
});

const greet = (router: ConnectRouter) =>
  router.service(Greeter, { sayHello: ({ name }) => ({ message: `Hello, ${name}!` }) });

/** Serves what is given, or the greeter, and gives the address and transports to it. */
async function serve(options: Partial<RpcServerOptions> = {}) {
  const server = createRpcServer({ routes: greet, drainMs: 200, ...options });
  servers.push(server);
  const { port } = await server.listen(0, "127.0.0.1");
  const baseUrl = `${options.tls === undefined ? "http" : "https"}://127.0.0.1:${port}`;
  const nodeOptions = { rejectUnauthorized: false };
  const http1 = { baseUrl, nodeOptions, httpVersion: "1.1" } as const;
  const transports = {
    grpc: createGrpcTransport({ baseUrl, sessionManager: sessionManager(baseUrl, nodeOptions) }),
    grpcWeb: createGrpcWebTransport(http1),
    connect: createConnectTransport({ ...http1, useBinaryFormat: false }),
  };
  return { server, baseUrl, transports };
}

/** What a POST of JSON by Connect is answered. */
async function post(baseUrl: string, json: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(`${baseUrl}/helloworld.Greeter/SayHello`, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(json),
  });
  return { status: response.status, body: await response.text() };
}

describe("a server of routes(router)", () => {
  it.each(["clear text", "TLS"])("answers the three protocols on one port, in %s", async (kind) => {
    const { transports } = await serve(kind === "TLS" ? { tls: await createCertificate() } : {});
    for (const transport of Object.values(transports)) {
      const { message } = await createClient(Greeter, transport).sayHello({ name: "Ada" });
      expect(message).toBe("Hello, Ada!");
    }
  });

  it("answers a method that was left out with UNIMPLEMENTED", async () => {
    const { transports } = await serve();
    await expect(createClient(Greeter, transports.grpc).sayHelloAgain({})).rejects.toMatchObject({
      code: Code.Unimplemented,
      rawMessage: "helloworld.Greeter.SayHelloAgain is not implemented",
    });
  });

  it("asks for the implementations once", async () => {
    let times = 0;
    const { transports } = await serve({
      reflection: true,
      routes(router) {
        times += 1;
        greet(router);
      },
    });
    expect(await createClient(Greeter, transports.grpc).sayHello({ name: "Ada" })).toMatchObject({
      message: "Hello, Ada!",
    });
    expect(times).toBe(1);
  });

  it("registers single methods, with interceptors of their own inside those of the server", async () => {
    const order: string[] = [];
    const noting = (name: string) => (next: (request: never) => Promise<never>) => (request: never) => {
      order.push(name);
      return next(request);
    };
    const { transports } = await serve({
      interceptors: [noting("server") as never],
      routes: ({ rpc }) =>
        rpc(Greeter.method.sayHello, () => ({ message: "one" }), { interceptors: [noting("method") as never] }),
    });
    expect(await createClient(Greeter, transports.grpc).sayHello({})).toMatchObject({ message: "one" });
    expect(order).toEqual(["server", "method"]);
  });

  it("is not made of two implementations of one method, or of options that only the server has", () => {
    const twice = (router: ConnectRouter) => greet(greet(router));
    expect(() => createRpcServer({ routes: twice })).toThrow("/helloworld.Greeter/SayHello is implemented twice");
    const limited = (router: ConnectRouter) => router.service(Greeter, {}, { readMaxBytes: 1 });
    expect(() => createRpcServer({ routes: limited })).toThrow(
      "the options of helloworld.Greeter may be interceptors and jsonOptions, all others are the server's: got readMaxBytes",
    );
  });
});

describe("an option that Connect's adapter has", () => {
  it("contextValues: what a call begins with", async () => {
    const caller = createContextKey("nobody");
    const { transports } = await serve({
      contextValues: ({ requestHeader }) => createContextValues().set(caller, requestHeader.get("who") ?? "?"),
      routes: ({ service }) => service(Greeter, { sayHello: (_, { values }) => ({ message: values.get(caller) }) }),
    });
    const call = createClient(Greeter, transports.grpcWeb).sayHello({}, { headers: { who: "Ada" } });
    expect(await call).toMatchObject({ message: "Ada" });
  });

  it("jsonOptions: how JSON is read and written, of the server and of a service", async () => {
    const silent = { sayHello: () => ({ message: "" }) };
    const strict = await serve({
      jsonOptions: { ignoreUnknownFields: false, alwaysEmitImplicit: true },
      routes: ({ service }) => service(Greeter, silent),
    });
    expect(await post(strict.baseUrl, { nam: "Ada" })).toMatchObject({ status: 400 });
    expect(await post(strict.baseUrl, {})).toEqual({ status: 200, body: '{"message":""}' });
    const own = await serve({
      routes: ({ service }) => service(Greeter, silent, { jsonOptions: { alwaysEmitImplicit: true } }),
    });
    expect(await post(own.baseUrl, {})).toEqual({ status: 200, body: '{"message":""}' });
  });

  it("binaryOptions: whether unknown fields are written", async () => {
    const reply = create(HelloReplySchema, { message: "known" });
    reply.$unknown = [{ no: 9, wireType: 0, data: Uint8Array.of(1) }];
    for (const writeUnknownFields of [true, false]) {
      const { transports } = await serve({
        binaryOptions: { writeUnknownFields },
        routes: ({ service }) => service(Greeter, { sayHello: () => reply }),
      });
      const { $unknown = [] } = await createClient(Greeter, transports.grpc).sayHello({});
      expect($unknown).toHaveLength(writeUnknownFields ? 1 : 0);
    }
  });

  it("writeMaxBytes: a larger response is RESOURCE_EXHAUSTED, in protobuf and in JSON", async () => {
    const { transports } = await serve({ writeMaxBytes: 20 });
    for (const transport of [transports.grpc, transports.connect]) {
      const { sayHello } = createClient(Greeter, transport);
      await expect(sayHello({ name: "a name that is too long" })).rejects.toMatchObject({
        code: Code.ResourceExhausted,
        rawMessage: expect.stringContaining("is larger than configured writeMaxBytes 20"),
      });
    }
  });

  it("requireConnectProtocolHeader: calls of Connect must name its version", async () => {
    const { baseUrl, transports } = await serve({ requireConnectProtocolHeader: true });
    const { status, body } = await post(baseUrl, {});
    expect({ status, ...JSON.parse(body) }).toEqual({
      status: 400,
      code: "invalid_argument",
      message: 'the header connect-protocol-version must be "1": got none',
    });
    for (const transport of Object.values(transports)) {
      expect(await createClient(Greeter, transport).sayHello({ name: "Ada" })).toMatchObject({
        message: "Hello, Ada!",
      });
    }
  });

  it.each([{ grpc: false }, { grpcWeb: false }, { connect: false }])(
    "%j: that protocol is not served, the others are",
    async (options) => {
      const { transports } = await serve(options);
      const results = Object.entries(transports).map(async ([name, transport]) => {
        const answered = createClient(Greeter, transport)
          .sayHello({})
          .then(
            () => true,
            () => false,
          );
        return [name, await answered] as const;
      });
      const off = Object.keys(options)[0];
      const expected = Object.keys(transports).map((name) => [name, name !== off]);
      expect(await Promise.all(results)).toEqual(expected);
    },
  );

  it("fallback: answers what is no call, and one that rejects costs its own connection only", async () => {
    const errors: unknown[] = [];
    const broken = new Error("broken");
    const { baseUrl, transports } = await serve({
      onError: (error) => errors.push(error),
      async fallback({ url }, response) {
        if (url === "/broken") throw broken;
        response.end("a page");
      },
    });
    expect(await (await fetch(baseUrl)).text()).toBe("a page");
    await expect(fetch(`${baseUrl}/broken`)).rejects.toThrow("fetch failed");
    expect(errors).toEqual([broken]);
    expect(await createClient(Greeter, transports.grpc).sayHello({ name: "Ada" })).toMatchObject({
      message: "Hello, Ada!",
    });
  });

  it("fallback: may return anything", async () => {
    const { baseUrl } = await serve({ fallback: (_request, response) => response.end("a page") });
    expect(await (await fetch(baseUrl)).text()).toBe("a page");
  });

  it("shutdownSignal: one that is aborted already leaves a server that does not listen", async () => {
    const server = createRpcServer({ routes: greet, shutdownSignal: AbortSignal.abort() });
    await expect(server.listen(0)).rejects.toThrow("the server is closed");
    await server.close();
  });

  it("shutdownSignal: closes the server", async () => {
    const shutdown = new AbortController();
    const { server } = await serve({ shutdownSignal: shutdown.signal });
    shutdown.abort();
    await server.close();
    await expect(server.listen(0)).rejects.toThrow("the server is closed");
  });
});

describe("the services that come with a server", () => {
  it("are health, which knows every service, and reflection where it is asked for", async () => {
    const { server, transports } = await serve({ reflection: true });
    const { statuses } = await createClient(Health, transports.grpc).list({});
    expect(Object.keys(statuses).sort()).toEqual(["", ...server.services].sort());
    const names: string[] = [];
    for await (const { messageResponse } of createClient(ServerReflection, transports.grpc).serverReflectionInfo(
      askOnce({ messageRequest: { case: "listServices", value: "" } }),
    )) {
      if (messageResponse.case === "listServicesResponse")
        names.push(...messageResponse.value.service.map(({ name }) => name));
    }
    expect(names).toEqual([...server.services].sort());
  });

  it("can be left out", async () => {
    const { server } = await serve({ health: false });
    expect(server.services).toEqual(["helloworld.Greeter"]);
  });
});

describe("close", () => {
  it("notifies those who watch the health before their streams end, cuts what is left, and holds nothing", async () => {
    const { server, transports } = await serve();
    await using watch = openStream((options) => createClient(Health, transports.grpc).watch({}, options));
    expect(await watch.next()).toMatchObject({ status: Status.SERVING });
    const closed = server.close();
    expect(await watch.next()).toMatchObject({ status: Status.NOT_SERVING });
    await expect(watch.next()).rejects.toMatchObject({
      code: Code.Unavailable,
      rawMessage: "the server is shutting down",
    });
    await closed;
    const nothing = { connections: 0, http2Connections: 0, responses: 0, calls: 0, handlers: 0, healthWatchers: 0 };
    expect(server.held()).toMatchObject(nothing);
  });
});

async function* askOnce<T>(request: T): AsyncGenerator<T> {
  yield request;
}
