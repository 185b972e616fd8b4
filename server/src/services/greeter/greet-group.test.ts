import { describe, expect, it } from "vitest";
import { sending, setUpGreeter, violationsOf } from "./testing/greeter-fixture.ts";

const names = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `n${index}` }));

describe("greetGroup", () => {
  it("greets all at once, and stores one greeting", async () => {
    const { client, feed } = setUpGreeter();
    const answer = await client.greetGroup(sending({ name: "Ada" }, { name: "Bob" }, { name: "Cy" }));
    expect(answer).toMatchObject({ message: "Hello, Ada, Bob, and Cy!", language: "en", count: 3 });
    expect(feed.appended).toEqual([
      {
        name: "Ada, Bob, and Cy",
        language: "en",
        message: "Hello, Ada, Bob, and Cy!",
        protocol: "connect",
        method: "triptych.greeter.v1.GreeterService/GreetGroup",
      },
    ]);
  });

  it("takes the first language that is named", async () => {
    const { client } = setUpGreeter();
    const group = sending({ name: "Ada" }, { name: "Bob", language: "de" }, { name: "Cy", language: "fr" });
    expect(await client.greetGroup(group)).toMatchObject({ message: "Hallo, Ada, Bob und Cy!", language: "de" });
  });

  it("takes the language of the metadata where none is named", async () => {
    const { client } = setUpGreeter();
    const headers = { "accept-language": "sw" };
    const answer = await client.greetGroup(sending({ name: "Ada" }, { name: "Bob" }), { headers });
    expect(answer.message).toBe("Hamjambo, Ada na Bob!");
  });

  it("greets a thousand", async () => {
    const { client } = setUpGreeter();
    expect((await client.greetGroup(sending(...names(1_000)))).count).toBe(1_000);
  });

  it.each([
    ["nobody", [], "name must come 1 to 1000 times: got none"],
    ["a thousand and one", names(1_001), "name must come 1 to 1000 times: got more"],
    ["an empty name", [{ name: "Ada" }, { name: "" }], "name must have 1 to 200 characters: got none"],
    ["no language", [{ name: "Ada", language: "-" }], 'language must be a BCP 47 tag such as "pt-BR": got "-"'],
  ])("refuses %s and stores nothing", async (_, group, violation) => {
    const { client, feed } = setUpGreeter();
    expect(await violationsOf(client.greetGroup(sending(...group)))).toEqual([violation]);
    expect(feed.appended).toEqual([]);
  });
});
