import { expect, it } from "vitest";
import { curlCommand } from "./curl-command.ts";

it("greets through the server of this page", () => {
  expect(curlCommand("http://localhost:8080")).toBe(
    `curl -H 'content-type: application/json' -d '{"name":"Ada"}' http://localhost:8080/triptych.greeter.v1.GreeterService/SayHello`,
  );
});
