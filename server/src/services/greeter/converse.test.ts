import { describe, expect, it } from "vitest";
import { readAll, sending, setUpGreeter, violationsOf } from "./testing/greeter-fixture.ts";

describe("converse", () => {
  it("greets back before the next name comes", async () => {
    const { client } = setUpGreeter();
    const heard: string[] = [];
    let answered = Promise.withResolvers<void>();
    async function* speak() {
      for (const name of ["Ada", "Bob", "Cy"]) {
        answered = Promise.withResolvers<void>();
        yield { name };
        await answered.promise;
      }
    }
    for await (const { message } of client.converse(speak())) {
      heard.push(message);
      answered.resolve();
    }
    expect(heard).toEqual(["Hello, Ada!", "Hello, Bob!", "Hello, Cy!"]);
  });

  it("keeps the language until another is named", async () => {
    const { client } = setUpGreeter();
    const headers = { "accept-language": "it" };
    const names = sending({ name: "A" }, { name: "B", language: "de" }, { name: "C" }, { name: "D", language: "fi" });
    expect(await readAll(client.converse(names, { headers }))).toMatchObject([
      { message: "Ciao, A!", language: "it" },
      { message: "Hallo, B!", language: "de" },
      { message: "Hallo, C!", language: "de" },
      { message: "Hei, D!", language: "fi" },
    ]);
  });

  it("stores every greeting", async () => {
    const { client, feed } = setUpGreeter();
    await readAll(client.converse(sending({ name: "A" }, { name: "B", language: "ja" })));
    expect(feed.appended).toMatchObject([
      { name: "A", language: "en", method: "triptych.greeter.v1.GreeterService/Converse" },
      { name: "B", language: "ja", method: "triptych.greeter.v1.GreeterService/Converse" },
    ]);
  });

  it("ends when the client does, also without a name", async () => {
    const { client, feed } = setUpGreeter();
    expect(await readAll(client.converse(sending()))).toEqual([]);
    expect(feed.appended).toEqual([]);
  });

  it.each([
    [{ name: "" }, "name must have 1 to 200 characters: got none"],
    [{ name: "B", language: "d" }, 'language must be a BCP 47 tag such as "pt-BR": got "d"'],
  ])("refuses %j, and keeps what was greeted before", async (request, violation) => {
    const { client, feed } = setUpGreeter();
    expect(await violationsOf(readAll(client.converse(sending({ name: "A" }, request))))).toEqual([violation]);
    expect(feed.appended).toMatchObject([{ name: "A" }]);
  });
});
