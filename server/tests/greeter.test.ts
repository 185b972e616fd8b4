import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { BIDI_STYLES, CALL_STYLES, type CallStyle, createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it } from "vitest";
import { neverEnding } from "../src/testing/never-ending.ts";
import { useServer } from "../src/testing/use-server.ts";
import { itCountsAsCanceled, itEndsWithItsClient, type LastingCall } from "./leaving-calls.ts";
import { itRefuses, type RefusedCall } from "./refused-calls.ts";

const server = useServer();

const clientOver = (style: CallStyle) => createClient(GreeterService, createTransport(style, server.baseUrl));
const lasting = (style: CallStyle, method: string, open: LastingCall["open"]): LastingCall => ({
  server,
  style,
  method: `${GreeterService.typeName}/${method}`,
  open,
});

const wordless = { field: "name", description: "must have 1 to 200 characters: got none" };
const notATag = { field: "language", description: 'must be a BCP 47 tag such as "pt-BR": got "?"' };

const refused: RefusedCall<typeof GreeterService>[] = [
  {
    what: "nobody",
    call: (greeter) => greeter.sayHello({}),
    code: "InvalidArgument",
    violations: [wordless],
  },
  {
    what: "a name that is too long",
    call: (greeter) => greeter.sayHelloAgain({ name: "é".repeat(201) }),
    code: "InvalidArgument",
    violations: [{ field: "name", description: "must have 1 to 200 characters: got more than 200" }],
  },
  {
    what: "control characters",
    call: (greeter) => greeter.sayHello({ name: "a\nb" }),
    code: "InvalidArgument",
    violations: [{ field: "name", description: "must have no control characters: got U+000A line feed at index 1" }],
  },
  {
    what: "a language that is no tag",
    call: (greeter) => greeter.sayHello({ name: "Ada", language: "?" }),
    code: "InvalidArgument",
    violations: [notATag],
  },
  {
    what: "a stream faster than 10 ms",
    call: (greeter) => greeter.streamGreetings({ name: "Ada", interval: { seconds: 0n, nanos: 9_000_000 } }),
    code: "InvalidArgument",
    violations: [{ field: "interval", description: "must be 10 ms to 1 hour: got 9 ms" }],
  },
  {
    what: "a stream of less than none",
    call: (greeter) => greeter.streamGreetings({ name: "Ada", count: -1 }),
    code: "InvalidArgument",
    violations: [{ field: "count", description: "must be 0 (until the client leaves) or more: got -1" }],
  },
  {
    what: "to follow from before the first greeting",
    call: (greeter) => greeter.watchGreetings({ afterSequence: -1n }),
    code: "InvalidArgument",
    violations: [{ field: "after_sequence", description: "must be 0 to the number of the latest event: got -1" }],
  },
  {
    what: "to bring more than the latest 1,000",
    call: (greeter) => greeter.watchGreetings({ recent: 1_001 }),
    code: "InvalidArgument",
    violations: [{ field: "recent", description: "must be 0 to 1000: got 1001" }],
  },
];

const refusedStreams: RefusedCall<typeof GreeterService>[] = [
  {
    what: "a group of nobody",
    call: (greeter) => greeter.greetGroup(names()),
    code: "InvalidArgument",
    violations: [{ field: "name", description: "must come 1 to 1000 times: got none" }],
  },
  {
    what: "a group at its first bad name, before the client ends",
    call: (greeter) => greeter.greetGroup(neverEnding({ name: "Ada" }, { name: "" })),
    code: "InvalidArgument",
    violations: [wordless],
  },
  {
    what: "a conversation in no language, before the client ends",
    call: (greeter) => greeter.converse(neverEnding({ name: "Ada" }, { name: "Alan", language: "?" })),
    code: "InvalidArgument",
    violations: [notATag],
  },
];

async function* names(...given: string[]) {
  for (const name of given) yield { name };
}

describe.each(CALL_STYLES)("the greeter over %s", (style) => {
  const client = () => clientOver(style);

  it("greets, and greets again", async () => {
    expect(await client().sayHello({ name: "Ada" })).toMatchObject({ message: "Hello, Ada!", language: "en" });
    expect(await client().sayHelloAgain({ name: "Ada", language: "de-AT" })).toMatchObject({ language: "de" });
  });

  it("greets in the language that the metadata prefer", async () => {
    const headers = { "accept-language": "tlh, fr;q=0.8, en;q=0.3" };
    expect(await client().sayHello({ name: "Zoë" }, { headers })).toMatchObject({ language: "fr" });
  });

  it("greets in a stream", async () => {
    const request = { name: "小明", count: 3, interval: { seconds: 0n, nanos: 10_000_000 } };
    const greetings = await Array.fromAsync(client().streamGreetings(request));
    expect(greetings.map(({ message }) => message)).toEqual(["Hello, 小明!", "Hello, 小明!", "Hello, 小明!"]);
    expect(greetings.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  it("lists the languages it speaks", async () => {
    const { languages } = await client().listLanguages({});
    expect(languages.length).toBeGreaterThanOrEqual(20);
    expect(languages).toContainEqual(expect.objectContaining({ tag: "de", name: "Deutsch", englishName: "German" }));
  });

  itRefuses(client, refused);

  describe("WatchGreetings", () => {
    const call = lasting(style, "WatchGreetings", (options) => client().watchGreetings({}, options));
    itEndsWithItsClient(call);
    itCountsAsCanceled(call);
  });

  describe("StreamGreetings", () => {
    const request = { name: "Ada", interval: { seconds: 60n } };
    const call = lasting(style, "StreamGreetings", (options) => client().streamGreetings(request, options));
    itEndsWithItsClient(call);
    itCountsAsCanceled(call);
  });
});

describe.each(BIDI_STYLES)("the greeter over %s", (style) => {
  const client = () => clientOver(style);

  it("greets a group", async () => {
    expect(await client().greetGroup(names("Ada", "Alan", "Grace"))).toMatchObject({
      message: "Hello, Ada, Alan, and Grace!",
      count: 3,
    });
  });

  it("answers each name of a conversation before the next is sent", async () => {
    const answered = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    async function* talk() {
      yield { name: "Ada" };
      await answered[0]?.promise;
      yield { name: "Alan", language: "fr" };
      await answered[1]?.promise;
      yield { name: "Grace" };
    }
    const languages: string[] = [];
    for await (const { language } of client().converse(talk())) {
      answered[languages.length]?.resolve();
      languages.push(language);
    }
    expect(languages).toEqual(["en", "fr", "fr"]);
  });

  itRefuses(client, refusedStreams);

  describe("GreetGroup", () => {
    itEndsWithItsClient(
      lasting(style, "GreetGroup", async function* (options) {
        yield await client().greetGroup(neverEnding({ name: "Ada" }), options);
      }),
    );
  });

  describe("Converse", () => {
    itEndsWithItsClient(
      lasting(style, "Converse", (options) => client().converse(neverEnding({ name: "Ada" }), options)),
    );
  });
});
