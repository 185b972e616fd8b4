import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { LANGUAGES } from "./domain/languages.ts";
import { setUpGreeter, violationsOf } from "./testing/greeter-fixture.ts";

describe.each([
  ["sayHello", "SayHello", "Hello, Ada!", "Hallo, Ada!"],
  ["sayHelloAgain", "SayHelloAgain", "Hello again, Ada!", "Hallo noch einmal, Ada!"],
] as const)("%s", (rpc, method, english, german) => {
  it("greets in English", async () => {
    const { client } = setUpGreeter();
    expect(await client[rpc]({ name: "Ada" })).toMatchObject({ message: english, language: "en" });
  });

  it("greets in the language named", async () => {
    const { client } = setUpGreeter();
    const headers = { "accept-language": "fr" };
    expect(await client[rpc]({ name: "Ada", language: "de-AT" }, { headers })).toMatchObject({
      message: german,
      language: "de",
    });
  });

  it("greets in the language of the metadata where none is named", async () => {
    const { client } = setUpGreeter();
    const headers = { "accept-language": "tlh, de-CH;q=0.9, fr;q=0.5" };
    expect(await client[rpc]({ name: "Ada" }, { headers })).toMatchObject({ message: german, language: "de" });
  });

  it("stores the greeting with the protocol and the method", async () => {
    const { client, feed } = setUpGreeter();
    await client[rpc]({ name: "Ada", language: "de" });
    expect(feed.appended).toEqual([
      {
        name: "Ada",
        language: "de",
        message: german,
        protocol: "connect",
        method: `triptych.greeter.v1.GreeterService/${method}`,
      },
    ]);
  });

  it("does not answer before the greeting is stored", async () => {
    const { client, feed } = setUpGreeter({ beforeAppend: () => Promise.reject(new Error("disk full")) });
    await expect(client[rpc]({ name: "Ada" })).rejects.toMatchObject({ code: Code.Internal });
    expect(feed.appended).toEqual([]);
  });

  it.each([
    [{ name: "" }, "name must have 1 to 200 characters: got none"],
    [{ name: "a\tb" }, "name must have no control characters: got U+0009 tab at index 1"],
    [{ name: "Ada", language: "de_AT" }, 'language must be a BCP 47 tag such as "pt-BR": got "de_AT"'],
  ])("refuses %j and stores nothing", async (request, violation) => {
    const { client, feed } = setUpGreeter();
    expect(await violationsOf(client[rpc](request))).toEqual([violation]);
    expect(feed.appended).toEqual([]);
  });
});

describe("listLanguages", () => {
  it("lists what the greeter speaks", async () => {
    const { client } = setUpGreeter();
    expect((await client.listLanguages({})).languages).toMatchObject(LANGUAGES);
  });
});
