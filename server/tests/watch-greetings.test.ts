import { createClient } from "@connectrpc/connect";
import { Greeter } from "@triptych/proto/helloworld_pb.ts";
import { GreeterService, Protocol } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { BIDI_STYLES, CALL_STYLES, type CallStyle, createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it } from "vitest";
import { refusalOf } from "../src/testing/refusal.ts";
import { useServer } from "../src/testing/use-server.ts";

const server = useServer();

const v1 = (style: CallStyle) => createClient(GreeterService, createTransport(style, server.baseUrl));
const legacy = (style: CallStyle) => createClient(Greeter, createTransport(style, server.baseUrl));

function protocolOf(style: CallStyle): Protocol {
  if (style === "grpc") return Protocol.GRPC;
  return style.startsWith("grpc-web") ? Protocol.GRPC_WEB : Protocol.CONNECT;
}

async function* names(...given: string[]) {
  for (const name of given) yield { name };
}

type Watch = Parameters<ReturnType<typeof v1>["watchGreetings"]>[0];

/** Opens the feed and reads its first message, which says where it stands. */
async function watch(style: CallStyle, request: Watch = {}) {
  const stream = openStream((options) => v1(style).watchGreetings(request, options));
  const { update } = await stream.next();
  expect(update.case).toBe("position");
  return { stream, sequence: update.value?.sequence ?? -1n };
}

/** Reads the next greetings. */
async function greetings({ stream }: Awaited<ReturnType<typeof watch>>, count: number) {
  const updates = (await stream.take(count)).map(({ update }) => update);
  expect(updates.map((update) => update.case)).toEqual(updates.map(() => "greeting"));
  return updates.map(({ value }) => value);
}

describe.each(CALL_STYLES)("a greeting made over %s", (style) => {
  it("is seen by every watcher, through whatever protocol, with the protocol and method of the call", async () => {
    const watchers = await Promise.all(CALL_STYLES.map((watched) => watch(watched)));
    await v1(style).sayHello({ name: "Ada", language: "de" });
    await legacy(style).sayHelloAgain({ name: "Alan" });
    await Array.fromAsync(v1(style).streamGreetings({ name: "Grace", count: 1 }));
    const method = (name: string) => `triptych.greeter.v1.GreeterService/${name}`;
    const protocol = protocolOf(style);
    for (const watcher of watchers) {
      expect(await greetings(watcher, 3)).toMatchObject([
        { sequence: watcher.sequence + 1n, name: "Ada", language: "de", protocol, method: method("SayHello") },
        {
          sequence: watcher.sequence + 2n,
          name: "Alan",
          language: "en",
          message: "Hello again, Alan!",
          protocol,
          method: "helloworld.Greeter/SayHelloAgain",
        },
        { sequence: watcher.sequence + 3n, name: "Grace", protocol, method: method("StreamGreetings") },
      ]);
      watcher.stream.leave();
    }
  });

  it("comes after the last one that a watcher has seen, and not again", async () => {
    const { sequence, stream } = await watch(style);
    stream.leave();
    for (const name of ["one", "two", "three"]) await v1(style).sayHello({ name });
    const resumed = await watch(style, { afterSequence: sequence + 1n });
    await v1(style).sayHello({ name: "four" });
    expect(await greetings(resumed, 3)).toMatchObject([
      { sequence: sequence + 2n, name: "two" },
      { sequence: sequence + 3n, name: "three" },
      { sequence: sequence + 4n, name: "four" },
    ]);
    resumed.stream.leave();
  });

  it("is among the recent ones that a new watcher asks for", async () => {
    await v1(style).sayHello({ name: "earlier" });
    await v1(style).sayHello({ name: "latest" });
    const watcher = await watch(style, { recent: 2 });
    expect(await greetings(watcher, 2)).toMatchObject([{ name: "earlier" }, { name: "latest" }]);
    watcher.stream.leave();
  });
});

describe.each(BIDI_STYLES)("a greeting made in a stream of requests over %s", (style) => {
  it("is seen with the protocol and method of the call", async () => {
    const watcher = await watch("grpc");
    await v1(style).greetGroup(names("Ada", "Alan"));
    await Array.fromAsync(v1(style).converse(names("Grace")));
    const protocol = protocolOf(style);
    expect(await greetings(watcher, 2)).toMatchObject([
      { name: "Ada and Alan", protocol, method: "triptych.greeter.v1.GreeterService/GreetGroup" },
      { name: "Grace", protocol, method: "triptych.greeter.v1.GreeterService/Converse" },
    ]);
    watcher.stream.leave();
  });
});

it("refuses a start that the feed has not reached", async () => {
  const { sequence, stream } = await watch("grpc");
  stream.leave();
  const refusal = await refusalOf(v1("grpc").watchGreetings({ afterSequence: sequence + 1n }));
  const description = `must be 0 to ${sequence}, the last event: got ${sequence + 1n}`;
  expect(refusal).toMatchObject({ code: "InvalidArgument", violations: [{ field: "after_sequence", description }] });
});
