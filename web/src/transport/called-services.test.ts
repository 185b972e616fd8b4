import { createClient, createRouterTransport } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { expect, it } from "vitest";
import { createCalledServices } from "./called-services.ts";

const server = createRouterTransport(({ rpc }) => {
  rpc(CalculatorService.method.evaluate, () => ({ value: "4" }));
  rpc(GreeterService.method.sayHello, () => ({ message: "Hello!" }));
  rpc(GreeterService.method.watchGreetings, async function* () {});
});

it("says each service that is called once, those called before included, whatever the kind of the call", async () => {
  const called = createCalledServices();
  const transport = called.noting(server);
  await Array.fromAsync(createClient(GreeterService, transport).watchGreetings({}));
  const seen: string[] = [];
  called.follow(({ typeName }) => seen.push(typeName));
  expect(seen).toEqual([GreeterService.typeName]);
  expect(await createClient(CalculatorService, transport).evaluate({ expression: "2+2" })).toMatchObject({
    value: "4",
  });
  await createClient(GreeterService, transport).sayHello({});
  expect(seen).toEqual([GreeterService.typeName, CalculatorService.typeName]);
});
