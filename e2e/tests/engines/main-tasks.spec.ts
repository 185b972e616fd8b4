import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { sessionManager } from "@triptych/testkit/clients/session-manager.ts";
import { button, field, labelled, region, stars } from "../../engines/elements.ts";
import { test } from "../../engines/fixtures.ts";
import { type Protocol, protocolTraits } from "../../protocol.ts";
import { uniqueName } from "../../unique-name.ts";

const sayHello = "triptych.greeter.v1.GreeterService/SayHello";

for (const [index, protocol] of (Object.keys(protocolTraits) as Protocol[]).entries()) {
  test.describe(`over ${protocolTraits[protocol].label}`, () => {
    test("someone is greeted, and stands on the wall", async ({ enginePage }) => {
      const name = uniqueName("Ada");
      await enginePage.open(`/greeter?protocol=${protocol}`);
      await enginePage.type(field("Name"), name, { enter: true });
      await enginePage.expectText(labelled("Greeting"), `Hello, ${name}!`);
      await enginePage.expectText(labelled("Live wall"), name);
    });

    test("a calculation gives its result and its steps", async ({ enginePage }) => {
      await enginePage.open(`/calculator?protocol=${protocol}`);
      await enginePage.type(field("Expression"), "1/3+1/6", { enter: true });
      await enginePage.expectText(labelled("Result"), "0.5");
      await enginePage.expectText(labelled("Steps"), "0.5");
    });

    test("a book is rated, and the recommendations follow", async ({ enginePage }) => {
      await enginePage.open(`/books?protocol=${protocol}`);
      await enginePage.type(field("Search"), "foundation");
      await enginePage.expectText(labelled("Books found"), "1 book found");
      await enginePage.expectText(region("Recommended for you"), "live");
      // The reader is the same in each of these tests, and stars that are there already change nothing.
      const count = index + 2;
      await enginePage.click(stars("Foundation", count));
      await enginePage.expectText(labelled("What changed the list"), `Your ${count} stars for Foundation`);
    });
  });
}

test("what a gRPC client does appears on the overview", async ({ enginePage, engineServer: { baseUrl } }) => {
  const name = uniqueName("Grace");
  const transport = createGrpcTransport({ baseUrl, sessionManager: sessionManager(baseUrl) });
  await enginePage.open("/");
  await createClient(GreeterService, transport).sayHello({ name });
  await enginePage.expectText(labelled("Latest greetings"), name);
});

test("messages go both ways on the page of the streams", async ({ enginePage }) => {
  await enginePage.open("/streams?protocol=websocket");
  const panel = region("Bidirectional streaming");
  await enginePage.type(`${panel}${field("Number")}`, "5", { enter: true });
  await enginePage.expectText(`${panel}${labelled("Bidirectional streaming messages")}`, "5");
});

test("a method is called in the Explorer", async ({ enginePage }) => {
  const name = uniqueName("Alan");
  await enginePage.open(`/explorer?protocol=grpc-web&method=${sayHello}`);
  await enginePage.type(field("name"), name);
  await enginePage.click(button("Send"));
  await enginePage.expectText(labelled("Call status"), "The call succeeded. OK");
});

test("the operations show calls as they are made", async ({ enginePage }) => {
  await enginePage.open("/operations");
  await enginePage.expectText(labelled("Calls by method and protocol"), "WatchOperations");
});
