import { createClient, type Interceptor } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { sessionManager } from "@triptych/testkit/clients/session-manager.ts";
import { afterEach, expect, it } from "vitest";
import { Health } from "../src/gen/grpc/health/v1/health_pb.ts";
import { createRpcServer, type RpcServer } from "../src/rpc-server.ts";

let server: RpcServer | undefined;

afterEach(() => server?.close());

const turn = () => new Promise((resolve) => setImmediate(resolve));

const passes: Interceptor = (next) => (request) => next(request);
const waits: Interceptor = (next) => async (request) => {
  await turn();
  return next(request);
};
const waitsAfterwards: Interceptor = (next) => async (request) => {
  const response = await next(request);
  await turn();
  return response;
};

it("a gate that lets a call pass at once is no wait", async () => {
  const waited: string[] = [];
  server = createRpcServer({
    routes: [],
    health: true,
    requestGate: () => undefined,
    observer: { ended: () => undefined, waited: (_call, { what }) => waited.push(what) },
    onError: (error) => {
      throw error;
    },
  });
  const { port } = await server.listen(0, "127.0.0.1");
  const baseUrl = `http://127.0.0.1:${port}`;
  const transport = createGrpcTransport({ baseUrl, sessionManager: sessionManager(baseUrl) });
  await createClient(Health, transport).check({});
  expect(waited).toEqual([]);
});

it("observers are told of what a call has waited for, and of nothing that passes it on at once", async () => {
  const waited: string[] = [];
  const within: string[] = [];
  server = createRpcServer({
    routes: [],
    health: true,
    interceptors: [passes, waits, waitsAfterwards],
    requestGate: async () => void (await turn()),
    observer: {
      ended: () => undefined,
      waited: (_call, { what, from, to }) => waited.push(to >= from ? what : `${what} ended before it began`),
    },
    around(call, run) {
      within.push(call.method.path);
      run();
    },
    onError: (error) => {
      throw error;
    },
  });
  const { port } = await server.listen(0, "127.0.0.1");
  const baseUrl = `http://127.0.0.1:${port}`;
  const transport = createGrpcTransport({ baseUrl, sessionManager: sessionManager(baseUrl) });
  await createClient(Health, transport).check({});
  expect(waited).toEqual(["request gate", "waits"]);
  expect(within).toEqual(["/grpc.health.v1.Health/Check"]);
});
