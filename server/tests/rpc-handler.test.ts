import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { BIDI_STYLES, CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { type ServedRoutes, serveRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type GreeterMethods, serveGreeter } from "./serve-greeter.ts";

let served: ServedRoutes | undefined;

async function serve(methods: GreeterMethods): Promise<ServedRoutes> {
  served = await serveGreeter(methods);
  return served;
}

let testIsOver = Promise.withResolvers<void>();
beforeEach(() => {
  testIsOver = Promise.withResolvers();
});

afterEach(async () => {
  testIsOver.resolve();
  await served?.close();
});

/** Ends neither with its call nor with the server, only after the test. */
const never = () =>
  testIsOver.promise.then((): never => {
    throw new Error("the test is over");
  });

describe.each(CALL_STYLES)("over %s", (style) => {
  it("answers a unary call", async () => {
    const { baseUrl, rpc } = await serve({ sayHello: ({ name }) => ({ message: `Hello, ${name}!` }) });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    expect((await client.sayHello({ name: "Ada" })).message).toBe("Hello, Ada!");
    expect(rpc.running.count).toBe(0);
  });

  it("carries headers and trailers both ways", async () => {
    const { baseUrl } = await serve({
      sayHello(_request, { requestHeader, responseHeader, responseTrailer }) {
        responseHeader.set("x-answer", requestHeader.get("x-question") ?? "");
        responseTrailer.set("x-last", "word");
        return {};
      },
    });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    const seen: Record<string, string | null> = {};
    await client.sayHello(
      {},
      {
        headers: { "x-question": "why" },
        onHeader: (header) => {
          seen.header = header.get("x-answer");
        },
        onTrailer: (trailer) => {
          seen.trailer = trailer.get("x-last");
        },
      },
    );
    expect(seen).toEqual({ header: "why", trailer: "word" });
  });

  it("ends a call at its deadline though the handler ignores its signal", async () => {
    const { baseUrl } = await serve({ sayHello: never });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    // The client must not end the call itself, so the deadline travels as a header alone.
    const headers = { "grpc-timeout": "50m", "connect-timeout-ms": "50" };
    await expect(client.sayHello({}, { headers })).rejects.toMatchObject({ code: Code.DeadlineExceeded });
  });

  it("takes a deadline of over a hundred years", async () => {
    const { baseUrl } = await serve({ sayHello: () => ({ message: "in time" }) });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    const headers = { "grpc-timeout": "99999999H", "connect-timeout-ms": "9999999999" };
    expect((await client.sayHello({}, { headers })).message).toBe("in time");
  });

  it("opens a stream before its first message", async () => {
    const { baseUrl } = await serve({
      // biome-ignore lint/correctness/useYield: a stream that stays silent is what this test is about
      async *watchGreetings() {
        await never();
      },
    });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    const left = new AbortController();
    const opened = new Promise((onHeader) => {
      const stream = client.watchGreetings({}, { onHeader, signal: left.signal });
      void (async () => {
        for await (const _ of stream);
      })().catch(() => undefined);
    });
    await opened;
    left.abort();
  });

  it("ends a silent stream when its client leaves", async () => {
    const ended = Promise.withResolvers<unknown>();
    const { baseUrl, rpc } = await serve({
      async *watchGreetings(_request, { signal }) {
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        ended.resolve(signal.aborted);
      },
    });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    const left = new AbortController();
    const stream = client.watchGreetings({}, { onHeader: () => left.abort(), signal: left.signal });
    await expect(stream[Symbol.asyncIterator]().next()).rejects.toMatchObject({ code: Code.Canceled });
    expect(await ended.promise).toBe(true);
    await expect.poll(() => rpc.running.count).toBe(0);
  });

  it("ends a stream with UNAVAILABLE when the server drains", async () => {
    const { baseUrl, drain } = await serve({
      async *watchGreetings() {
        yield {};
        await never();
      },
    });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    const stream = client.watchGreetings({})[Symbol.asyncIterator]();
    await stream.next();
    drain();
    await expect(stream.next()).rejects.toMatchObject({ code: Code.Unavailable });
  });

  it("lets a unary call finish while the server drains, and takes no new one", async () => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<{ message: string }>();
    const { baseUrl, drain } = await serve({
      sayHello: () => {
        asked.resolve();
        return answer.promise;
      },
    });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    const call = client.sayHello({});
    await asked.promise;
    drain();
    await expect(client.sayHello({})).rejects.toMatchObject({ code: Code.Unavailable });
    answer.resolve({ message: "done" });
    expect((await call).message).toBe("done");
  });

  it("refuses a message that is too large, by name of the limit", async () => {
    const { baseUrl } = await serve({ sayHello: () => ({}) });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    const call = client.sayHello({ name: "x".repeat(70_000) });
    await expect(call).rejects.toMatchObject({ code: Code.ResourceExhausted });
  });

  it("hides what an unexpected error says", async () => {
    const { baseUrl } = await serve({
      sayHello: () => {
        throw new Error("secret");
      },
    });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    const error = await client.sayHello({}).catch((reason) => ConnectError.from(reason));
    expect(error).toMatchObject({ code: Code.Internal });
    expect(String(error)).not.toContain("secret");
  });

  it("answers a method it does not have with UNIMPLEMENTED", async () => {
    served = await serveRoutes([]);
    const client = createClient(GreeterService, createTransport(style, served.baseUrl));
    await expect(client.sayHello({})).rejects.toMatchObject({ code: Code.Unimplemented });
  });
});

describe.each(BIDI_STYLES)("over %s", (style) => {
  it("answers each message of a conversation as it comes", async () => {
    const { baseUrl } = await serve({
      async *converse(requests) {
        for await (const { name } of requests) yield { message: `Hello, ${name}!` };
      },
    });
    const client = createClient(GreeterService, createTransport(style, baseUrl));
    const answers: string[] = [];
    const second = Promise.withResolvers<void>();
    async function* names() {
      yield { name: "Ada" };
      await second.promise;
      yield { name: "Alan" };
    }
    for await (const { message } of client.converse(names())) {
      answers.push(message);
      second.resolve();
    }
    expect(answers).toEqual(["Hello, Ada!", "Hello, Alan!"]);
  });
});

describe("requests that are no calls", () => {
  it("leaves a page alone", async () => {
    const { baseUrl } = await serve({});
    const response = await fetch(`${baseUrl}/greeter`);
    expect(await response.text()).toBe("not a call");
  });

  it("answers a content type it does not know with 415", async () => {
    const { baseUrl } = await serve({});
    const response = await fetch(`${baseUrl}/triptych.greeter.v1.GreeterService/SayHello`, {
      method: "POST",
      headers: { "content-type": "text/plain" },
      body: "hello",
    });
    expect(response.status).toBe(415);
  });
});
