import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { Health } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { BIDI_STYLES, CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, describe, expect, it } from "vitest";
import { refusalOf } from "../../src/testing/refusal.ts";
import { useServer } from "../../src/testing/use-server.ts";
import { serveGreeter } from "../serve-greeter.ts";

const halfAPair = () => new ConnectError("cut \ud83d", Code.Aborted);

describe("a name that is cut where an emoji stands", () => {
  const server = useServer();
  const service = `${"a".repeat(99)}😀😀`;

  it.each(CALL_STYLES)("is shown whole, or not, over %s", async (style) => {
    const client = createClient(Health, createTransport(style, server.baseUrl));
    expect(await refusalOf(client.check({ service }))).toMatchObject({
      code: "NotFound",
      message: `no such service: ${"a".repeat(99)}😀…`,
    });
  });
});

describe("half a surrogate pair in the message of an error", () => {
  let served: ServedRoutes | undefined;

  afterEach(() => served?.close());

  const fail = () => {
    throw halfAPair();
  };
  async function serve(): Promise<ServedRoutes> {
    served = await serveGreeter({
      sayHello: fail,
      greetGroup: fail,
      // biome-ignore lint/correctness/useYield: it fails before it could.
      async *streamGreetings() {
        throw halfAPair();
      },
      // biome-ignore lint/correctness/useYield: it fails before it could.
      async *converse() {
        throw halfAPair();
      },
    });
    return served;
  }
  async function* name() {
    yield { name: "Ada" };
  }
  const expected = { code: "Aborted", message: "cut \ufffd" };

  it.each(CALL_STYLES)("is the replacement character over %s", async (style) => {
    const { baseUrl } = await serve();
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    expect(await refusalOf(client.sayHello({ name: "Ada" }))).toMatchObject(expected);
    expect(await refusalOf(client.greetGroup(name()))).toMatchObject(expected);
    expect(await refusalOf(client.streamGreetings({ name: "Ada" }))).toMatchObject(expected);
  });

  it.each(BIDI_STYLES)("is the replacement character in a conversation over %s", async (style) => {
    const { baseUrl } = await serve();
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    expect(await refusalOf(client.converse(name()))).toMatchObject(expected);
  });

  it("is the replacement character over a WebSocket", async () => {
    const { baseUrl } = await serve();
    const client = await openCallClient(baseUrl);
    const unary = client.call(GreeterService.method.sayHello);
    await unary.send({ name: "Ada" });
    unary.end();
    for (const call of [unary, client.call(GreeterService.method.converse)]) {
      const trailers = await call.trailers;
      expect([trailers.get("grpc-status"), decodeURIComponent(trailers.get("grpc-message") ?? "")]).toEqual([
        String(Code.Aborted),
        expected.message,
      ]);
    }
    client.socket.close();
    await client.closed;
  });
});
